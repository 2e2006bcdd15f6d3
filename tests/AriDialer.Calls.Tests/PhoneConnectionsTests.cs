namespace AriDialer.Calls.Tests;

/// <summary>Which phones have lost a connection, and when.</summary>
public sealed class PhoneConnectionsTests
{
    private const string Phone = "web-agent";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Expect_PhoneOfAnEarlierProcess_HasLostTheConnectionOfThen_WhetherItIsBackYetOrNot(bool isQuick)
    {
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var phones = new PhoneConnections(TimeProvider.System);
        using var connection = isQuick ? phones.Open(Phone) : null;
        var rungSince = TimeProvider.System.GetUtcNow().AddSeconds(1);

        phones.Expect(Phone);

        Assert.True(phones.HasLostSince(Phone, before));
        Assert.Equal(!isQuick, phones.IsLost(Phone));

        // What began since then goes over the connection that there is.
        Assert.False(phones.HasLostSince(Phone, rungSince));
    }
}
