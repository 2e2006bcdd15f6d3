using System.Net;
using System.Net.Sockets;
using System.Text;
using AriDialer.Testing;

namespace AriDialer.Web.Tests.Deployment;

/// <summary>A fresh install is no open relay: whoever is not known gets nowhere.</summary>
public sealed class StrangerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INVITE", "+12025550142")]
    [InlineData("REGISTER", "anybody")]
    public async Task Asterisk_AskedByAStranger_ChallengesAndMakesNoChannel(string method, string user)
    {
        await using var asterisk = await RealAsterisk.StartAsync(cancellationToken: Cancel);
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)stranger.Client.LocalEndPoint!).Port;
        var request = string.Join("\r\n",
            $"{method} sip:{user}@127.0.0.1:{asterisk.SipPort} SIP/2.0",
            $"Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bKstranger;rport",
            "Max-Forwards: 70",
            $"From: <sip:stranger@127.0.0.1:{port}>;tag=1",
            $"To: <sip:{user}@127.0.0.1:{asterisk.SipPort}>",
            "Call-ID: stranger@127.0.0.1",
            $"CSeq: 1 {method}",
            $"Contact: <sip:stranger@127.0.0.1:{port}>",
            "Content-Length: 0",
            "", "");

        await stranger.SendAsync(Encoding.ASCII.GetBytes(request), new IPEndPoint(IPAddress.Loopback, asterisk.SipPort), Cancel);
        var answer = Encoding.ASCII.GetString((await stranger.ReceiveAsync(Cancel)).Buffer);

        Assert.StartsWith("SIP/2.0 401", answer, StringComparison.Ordinal);
        Assert.Contains("0 calls processed", await asterisk.CliAsync("core show calls", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ari_AskedWithoutThePassword_Refuses()
    {
        await using var asterisk = await RealAsterisk.StartAsync(cancellationToken: Cancel);
        using var http = new HttpClient { BaseAddress = asterisk.AriUrl };

        using var answer = await http.GetAsync("/ari/channels", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
