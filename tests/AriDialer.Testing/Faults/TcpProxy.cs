using System.Net;
using System.Net.Sockets;

namespace AriDialer.Testing;

/// <summary>
/// A cable between the product and what it talks to over TCP: it can be cut (connections break, new ones are refused), swallow what
/// passes (everything stays open and nothing arrives, as behind a dead router), and be whole again.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly int _target;
    private readonly List<Socket> _open = [];
    private readonly List<Task> _running = [];
    private TaskCompletionSource _flows = Flowing();
    private TcpListener _listener;

    public TcpProxy(int target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        Listen();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>Breaks all connections, and refuses new ones.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _listener.Stop();
            foreach (var socket in _open)
            {
                // Without a goodbye: the other side sees a reset.
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }

            _open.Clear();
        }
    }

    /// <summary>Lets nothing through any more, in either direction, and closes nothing.</summary>
    public void Swallow()
    {
        lock (_gate)
            _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Whole again. What was swallowed does not come back: these connections break.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            if (!_flows.Task.IsCompleted)
            {
                Cut();
                _flows.TrySetResult();
            }

            _listener = new TcpListener(IPAddress.Loopback, Port);
            Listen();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        _flows.TrySetResult();
        await Task.WhenAll(_running);
    }

    private static TaskCompletionSource Flowing()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }

    private void Listen()
    {
        _listener.Start();
        _running.Add(AcceptAsync(_listener));
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync();
                var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                near.NoDelay = true;
                lock (_gate)
                {
                    _open.Add(near);
                    _open.Add(far);
                    _running.Add(CarryAsync(near, far));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(Socket near, Socket far)
    {
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (SocketException)
        {
            // What it leads to is not there.
        }
        catch (ObjectDisposedException)
        {
            // Cut.
        }

        lock (_gate)
        {
            _open.Remove(near);
            _open.Remove(far);
        }

        near.Dispose();
        far.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await _flows.Task;
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either side is gone.
        }
    }
}
