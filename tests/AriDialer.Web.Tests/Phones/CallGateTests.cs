using System.Text;
using AriDialer.Calls;
using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Phones;

/// <summary>New calls of a phone, while too much is under way: answered before Asterisk hears of them.</summary>
public sealed class CallGateTests : IAsyncLifetime
{
    private const string Via = "Via: SIP/2.0/WS abc.invalid;branch=z9hG4bK1";
    private TestApp _app = null!;
    private CallGate _gate = null!;
    private List<WorkUnderWay.Piece> _work = [];

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _gate = new CallGate(_app.Get<Admission>());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public void Invite_NoRoom_GetsA503ThatSaysWhenToTryAgain_AndItsAckGoesNoFurther()
    {
        Fill();

        Assert.False(Passes(Invite(), out var answer));
        var lines = answer!.Split("\r\n");
        Assert.Equal(["SIP/2.0 503 Service Unavailable", Via, "From: \"Alice\" <sip:web-1@host>;tag=a", "Call-ID: call-1", "CSeq: 1 INVITE"], lines[..5]);
        Assert.Matches("^To: <sip:\\+12025550102@host>;tag=[0-9a-f]{16}$", lines[5]);
        Assert.Equal(["Retry-After: 5", "Content-Length: 0", "", ""], lines[6..]);
        Assert.False(Passes(Invite(method: "ACK", to: lines[5][4..]), out answer));
        Assert.Null(answer);
    }

    [Fact]
    public void Invite_RoomAgain_PassesWithItsAck()
    {
        Fill();
        Assert.False(Passes(Invite(), out _));
        _work.ForEach(piece => piece.Dispose());

        Assert.True(Passes(Invite(), out _));
        Assert.True(Passes(Invite(method: "ACK"), out _));
    }

    [Theory]
    [InlineData("a call that is there", "INVITE", "<sip:+12025550102@host>;tag=b", "+12025550102", "")]
    [InlineData("an emergency", "INVITE", "<sip:112@host>", "112", "")]
    [InlineData("hanging up", "BYE", "<sip:+12025550102@host>;tag=b", "+12025550102", "")]
    [InlineData("registering", "REGISTER", "<sip:web-1@host>", "web-1", "")]
    [InlineData("nonsense", "INVITE", "<sip:+12025550102@host>", "+12025550102", "To: somebody else\r\n")]
    public void Whatever_IsNoNewCall_Passes(string what, string method, string to, string dialled, string more)
    {
        Fill();

        Assert.True(Passes(Invite(method, to, dialled, more), out var answer), what);
        Assert.Null(answer);
    }

    [Theory]
    [InlineData("somebody@host:5060", false)]
    [InlineData("@:", true)]
    [InlineData("%zz@host", true)]
    public void Invite_ToWhatIsNoAddress_IsJudgedByWhatItHasOfOne(string address, bool passes)
    {
        Fill();

        Assert.Equal(passes, Passes(Invite(dialled: address), out _));
    }

    [Fact]
    public void Invite_CutOffBeforeItsHeaderEnds_Passes()
    {
        Fill();

        Assert.True(_gate.LetsThrough(Encoding.UTF8.GetBytes(Invite())[..100], out _));
    }

    // More than even a rush may be.
    private void Fill() => _work = [.. Enumerable.Range(0, 512).Select(_ => _app.Get<WorkUnderWay>().Begin())];

    private bool Passes(string message, out string? answer)
    {
        var passes = _gate.LetsThrough(Encoding.UTF8.GetBytes(message), out var bytes);
        answer = bytes is null ? null : Encoding.UTF8.GetString(bytes);
        return passes;
    }

    private static string Invite(string method = "INVITE", string to = "<sip:+12025550102@host>", string dialled = "+12025550102", string more = "") =>
        $"{method} {(dialled.Contains('@') ? dialled : $"sip:{dialled}@host")} SIP/2.0\r\n{Via}\r\nMax-Forwards: 70\r\nTo: {to}\r\n{more}From: \"Alice\" <sip:web-1@host>;tag=a\r\nCall-ID: call-1\r\nCSeq: 1 {method}\r\n\r\nv=0\r\n";
}
