using AriDialer.Ari;
using AriDialer.Calls.Provisioning;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Provisioning;

/// <summary>What becomes of the trunk that Asterisk has when another is put.</summary>
public sealed class TrunkTests
{
    private static readonly string[] Types = ["aor", "endpoint", "identify"];

    [Fact]
    public async Task PutTrunk_OnAnotherHost_LeavesNothingOfTheOld()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = Client(asterisk);
        var provisioner = new Provisioner(ari);
        await provisioner.PutTrunkAsync(new TrunkEndpoint("192.0.2.1", "user", "secret", Register: true));

        await provisioner.PutTrunkAsync(new TrunkEndpoint("192.0.2.2:5070", null, null, Register: false));

        // Put anew, not changed: Asterisk adds to a list of contacts or addresses, where this fake replaces it.
        foreach (var type in Types)
        {
            Assert.Contains(asterisk.Requests.All, request => request.Is("DELETE", $"/asterisk/config/dynamic/res_pjsip/{type}/aridialer-trunk"));
        }

        Assert.Equal(Types.Select(type => $"res_pjsip/{type}/aridialer-trunk"), asterisk.Config.Keys.Order());
    }

    [Fact]
    public async Task PutTrunk_Again_IsNotInterrupted()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = Client(asterisk);
        var provisioner = new Provisioner(ari);
        var trunk = new TrunkEndpoint("192.0.2.1", "user", "secret", Register: true);
        await provisioner.PutTrunkAsync(trunk);

        await provisioner.PutTrunkAsync(trunk);

        Assert.DoesNotContain(asterisk.Requests.All, static request => request.Method == "DELETE");
    }

    private static AriClient Client(FakeAsterisk asterisk) => new(new AriOptions
    {
        Url = asterisk.Url,
        Username = FakeAsterisk.Username,
        Password = FakeAsterisk.Password,
        App = "aridialer",
    });
}
