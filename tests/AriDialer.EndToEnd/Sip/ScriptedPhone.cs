using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using AriDialer.EndToEnd.House;

namespace AriDialer.EndToEnd.Sip;

/// <summary>
/// A telephone with two calls at once that joins them by an attended REFER, which no command-line telephone at hand can do. It knows
/// just the SIP that this takes, and says yes to whatever it is asked.
/// </summary>
internal sealed partial class ScriptedPhone : IAsyncDisposable
{
    private readonly string _user;
    private readonly int _port;
    private readonly IPEndPoint _asterisk;
    private readonly UdpClient _socket;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly Task _reading;
    private int _number;

    public ScriptedPhone(string user, int port, int sipPort)
    {
        (_user, _port, _asterisk) = (user, port, new IPEndPoint(IPAddress.Loopback, sipPort));
        _socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
        _reading = ReadAsync();
    }

    /// <summary>Calls, and waits until it is answered.</summary>
    public async Task<Dialog> CallAsync(string number)
    {
        var dialog = new Dialog($"call-{++_number}-{_port}", $"ours{_number}", "", $"sip:{number}@127.0.0.1:{_asterisk.Port}");
        await SendAsync("INVITE", dialog, 1, body: """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 9 RTP/AVP 0
            a=rtpmap:0 PCMU/8000

            """);
        var answer = await SeesAsync(message => message.StartsWith("SIP/2.0 200", StringComparison.Ordinal) && IsOf(message, dialog) && message.Contains("1 INVITE", StringComparison.Ordinal));
        dialog = dialog with { TheirTag = TheirTag().Match(answer).Groups[1].Value };
        await SendAsync("ACK", dialog, 1);
        return dialog;
    }

    /// <summary>Asks that the other side of one call be connected to the other side of another.</summary>
    public Task ReferAsync(Dialog one, Dialog other) => SendAsync("REFER", one, 2,
        $"Refer-To: <{other.Peer}?Replaces={other.CallId}%3Bto-tag%3D{other.TheirTag}%3Bfrom-tag%3D{other.OurTag}>\r\nReferred-By: <sip:{_user}@127.0.0.1>\r\n");

    /// <summary>Waits until it was told that the transfer is done.</summary>
    public Task DoneAsync(Dialog dialog) => SeesAsync(message =>
        message.StartsWith("NOTIFY", StringComparison.Ordinal) && IsOf(message, dialog) && message.Contains("SIP/2.0 200", StringComparison.Ordinal));

    /// <summary>Waits until the other end has hung up.</summary>
    public Task EndedAsync(Dialog dialog) => SeesAsync(message => message.StartsWith("BYE", StringComparison.Ordinal) && IsOf(message, dialog));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        _end.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", _seen));
    }

    private Task<string> SeesAsync(Func<string, bool> which) =>
        Eventually.FindAsync(() => Task.FromResult(_seen.FirstOrDefault(which)), () => $"The phone never saw it. It saw:\n{string.Join("\n", _seen)}");

    private static bool IsOf(string message, Dialog dialog) => message.Contains($"Call-ID: {dialog.CallId}\r\n", StringComparison.Ordinal);

    private async Task SendAsync(string method, Dialog dialog, int sequence, string headers = "", string body = "")
    {
        body = body.ReplaceLineEndings("\r\n");
        var to = dialog.TheirTag.Length > 0 ? $"<{dialog.Peer}>;tag={dialog.TheirTag}" : $"<{dialog.Peer}>";
        await SendAsync($"{method} {dialog.Peer} SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP 127.0.0.1:{_port};rport;branch=z9hG4bK{dialog.CallId}{method}{sequence}\r\n"
            + $"From: <sip:{_user}@127.0.0.1:{_port}>;tag={dialog.OurTag}\r\nTo: {to}\r\nCall-ID: {dialog.CallId}\r\nCSeq: {sequence} {method}\r\n"
            + $"Contact: <sip:{_user}@127.0.0.1:{_port}>\r\nMax-Forwards: 70\r\n{headers}"
            + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "") + $"Content-Length: {body.Length}\r\n\r\n{body}");
    }

    private async Task SendAsync(string message) => await _socket.SendAsync(Encoding.ASCII.GetBytes(message), _asterisk, _end.Token);

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var message = Encoding.ASCII.GetString((await _socket.ReceiveAsync(_end.Token)).Buffer);
                _seen.Enqueue(message);
                if (!message.StartsWith("SIP/2.0", StringComparison.Ordinal) && !message.StartsWith("ACK", StringComparison.Ordinal))
                    await SendAsync("SIP/2.0 200 OK\r\n" + string.Concat(Echoed().Matches(message).Select(header => header.Value)) + "Content-Length: 0\r\n\r\n");
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    [GeneratedRegex("^To: .*;tag=([^\\s;]+)", RegexOptions.Multiline)]
    private static partial Regex TheirTag();

    [GeneratedRegex("^(Via|From|To|Call-ID|CSeq): .*\r\n", RegexOptions.Multiline)]
    private static partial Regex Echoed();

    /// <summary>One of its calls.</summary>
    internal sealed record Dialog(string CallId, string OurTag, string TheirTag, string Peer);
}
