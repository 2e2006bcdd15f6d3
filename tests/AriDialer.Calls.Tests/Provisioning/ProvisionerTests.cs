using AriDialer.Ari;
using AriDialer.Calls.Provisioning;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Provisioning;

/// <summary>What becomes of what Asterisk has when it is put again, or something else in its place.</summary>
public sealed class ProvisionerTests
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
        var before = asterisk.Requests.All.Count;

        await provisioner.PutTrunkAsync(trunk);

        // Neither removed nor changed: Asterisk would forget who calls from there.
        Assert.DoesNotContain(
            asterisk.Requests.All.Skip(before),
            static request => request.Method == "DELETE" || request.Is("PUT", "/asterisk/config/dynamic/res_pjsip/endpoint/aridialer-trunk"));
    }

    [Fact]
    public async Task PutPhone_OfAPersonWithoutTheirNumberNow_IsMadeAnew()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = Client(asterisk);
        var provisioner = new Provisioner(ari);
        await provisioner.PutPhoneAsync(new PhoneEndpoint("web-a", "secret", "+12025550101", "Ann"));
        var before = asterisk.Requests.All.Count;

        await provisioner.PutPhoneAsync(new PhoneEndpoint("web-a", "secret", "", "Ann"));

        Assert.Contains(
            asterisk.Requests.All.Skip(before), static request => request.Is("DELETE", "/asterisk/config/dynamic/res_pjsip/endpoint/web-a"));
        Assert.Contains("res_pjsip/endpoint/web-a", asterisk.Config.Keys);
    }

    private static AriClient Client(FakeAsterisk asterisk) => new(new AriOptions
    {
        Url = asterisk.Url,
        Username = FakeAsterisk.Username,
        Password = FakeAsterisk.Password,
        App = "aridialer",
    });
}
