using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AriDialer.Bench;

/// <summary>
/// All the telephones that speak: a process of its own, so that its work is not taken for the application's. Each line of its input,
/// "from to", is one that begins: the port that it has, and the port at which Asterisk hears it.
/// </summary>
internal sealed class Voices : IDisposable
{
    internal const string Argument = "voices";
    private const int Header = 12;
    private const int Payload = 160;
    private readonly Process _process;

    internal Voices(int count)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. ThisProgram(), Argument, count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        Ports = Numbers(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The telephones did not start."));
    }

    /// <summary>The ports that the telephones have.</summary>
    internal int[] Ports { get; }

    /// <summary>Has one speak from now on.</summary>
    internal void Speak(int from, int to) => _process.StandardInput.WriteLine(FormattableString.Invariant($"{from} {to}"));

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>What the process does, until its input ends.</summary>
    internal static async Task<int> RunAsync(int count)
    {
        using var end = new CancellationTokenSource();
        var sockets = Enumerable.Range(0, count).Select(_ => new UdpClient(new IPEndPoint(IPAddress.Loopback, 0))).ToDictionary(PortOf);
        Console.WriteLine(string.Join(' ', sockets.Keys));
        List<Task> speaking = [];
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } line)
        {
            var ports = Numbers(line);
            speaking.Add(SpeakAsync(sockets[ports[0]], ports[0], ports[1], end.Token));
        }

        await end.CancelAsync();
        await Task.WhenAll(speaking);
        return 0;
    }

    private static int[] Numbers(string line) => [.. line.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private static int PortOf(UdpClient socket) => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

    private static async Task SpeakAsync(UdpClient socket, int from, int to, CancellationToken cancellationToken)
    {
        var asterisk = new IPEndPoint(IPAddress.Loopback, to);
        var phase = VoiceCode.PhaseOf(from);
        var packet = new byte[Header + Payload];
        packet[0] = 0x80;
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), from);
        var first = (Now() - phase) / VoiceCode.PacketMilliseconds + 1;
        for (var n = first; !cancellationToken.IsCancellationRequested; n++)
        {
            if ((n * VoiceCode.PacketMilliseconds) + phase - Now() is > 0 and var early)
            {
                await Task.Delay((int)early, CancellationToken.None);
            }

            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(n - first));
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)((n - first) * Payload));
            packet.AsSpan(Header).Fill(VoiceCode.Of(n));
            try
            {
                await socket.SendAsync(packet, asterisk, CancellationToken.None);
            }
            catch (SocketException)
            {
                // Asterisk has closed its port: the call is over.
                return;
            }
        }
    }

    private static long Now() => Stopwatch.GetTimestamp() * 1000 / Stopwatch.Frequency;

    // Started by `dotnet`, the program is its first argument.
    private static string[] ThisProgram() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
