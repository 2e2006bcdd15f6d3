using System.Net;
using System.Net.Sockets;

namespace AriDialer.EndToEnd.House;

/// <summary>Makes the web app, which listens on loopback, reachable at another address of this machine: what a reverse proxy is for it.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Uri _to;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;

    public TcpRelay(IPAddress address, Uri to)
    {
        (_listener, _to) = (new TcpListener(address, 0), to);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> carried = [];
        try
        {
            while (true)
                carried.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_over.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task CarryAsync(TcpClient from)
    {
        using (from)
        using (var to = new TcpClient { NoDelay = true })
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(_over.Token))
        {
            try
            {
                from.NoDelay = true;
                await to.ConnectAsync(_to.Host, _to.Port, over.Token);
                await Task.WhenAny(
                    from.GetStream().CopyToAsync(to.GetStream(), over.Token), to.GetStream().CopyToAsync(from.GetStream(), over.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The app is not there, or all is over.
            }

            await over.CancelAsync();
        }
    }
}
