using System.Net.WebSockets;
using System.Runtime.InteropServices;

namespace AriDialer.Testing;

/// <summary>The sound of one media channel: the socket over which it is handed out, and what the test has it send.</summary>
public sealed class FakeMedia
{
    private readonly TaskCompletionSource<FakeSocket> _socket = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal FakeMedia(string connectionId) => ConnectionId = connectionId;

    /// <summary>What the address of the socket ends with.</summary>
    public string ConnectionId { get; }

    /// <summary>Whether somebody has come for the sound.</summary>
    public bool IsOpen => _socket.Task.IsCompleted;

    private FakeSocket? Socket => _socket.Task.IsCompletedSuccessfully ? _socket.Task.GetAwaiter().GetResult() : null;

    /// <summary>Sends bytes as one message.</summary>
    public void Send(ReadOnlyMemory<byte> bytes) => Socket?.Send(bytes, WebSocketMessageType.Binary);

    /// <summary>Sends a frame of 20 ms in which every sample is the same.</summary>
    public void SendFrame(short sample)
    {
        var bytes = new byte[640];
        MemoryMarshal.Cast<byte, short>(bytes.AsSpan()).Fill(sample);
        Send(bytes);
    }

    /// <summary>Sends a text.</summary>
    public void Say(string text) => Socket?.Send(text);

    /// <summary>Sends what follows in fragments of so many bytes.</summary>
    public void Fragment(int size)
    {
        if (Socket is { } socket)
            socket.FragmentSize = size;
    }

    /// <summary>Breaks the connection without a closing frame.</summary>
    public void Drop() => Socket?.Drop();

    /// <summary>The connection stays open and nothing passes any more.</summary>
    public void Freeze() => Socket?.Freeze();

    internal void Open(FakeSocket socket) => _socket.TrySetResult(socket);

    internal void Close() => Socket?.Close();
}
