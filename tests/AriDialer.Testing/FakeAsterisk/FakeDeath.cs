namespace AriDialer.Testing;

/// <summary>Lets the application die at one of its requests: what it has sent by then is done, and nothing after it.</summary>
internal sealed class FakeDeath(FakeEventHub events)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = int.MaxValue;
    private bool _done;
    private volatile bool _isDead;

    public int Changes { get; private set; }

    public Task At(int request, bool done)
    {
        lock (_gate)
        {
            (_left, _done, _isDead) = (request, done, false);
            _died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _died.Task;
        }
    }

    public bool IsDead(FakeRequest request) => _isDead && !request.IsOfSecond;

    /// <summary>Null for a request of the dead.</summary>
    public FakeAnswer? Answer(FakeRequest request, Func<FakeRequest, FakeAnswer> handle)
    {
        lock (_gate)
        {
            if (IsDead(request))
                return null;
            if (request.IsOfSecond || request.Method == "GET" || request.Segments is ["applications", ..])
                return handle(request);
            if (--_left > 0)
            {
                Changes++;
                return handle(request);
            }

            // Broken first: what the request leads to is told to nobody.
            _isDead = true;
            foreach (var socket in events.Sockets)
            {
                events.Detach(socket);
                socket.Drop();
            }

            if (_done)
            {
                Changes++;
                handle(request);
            }

            _died.TrySetResult();
            return null;
        }
    }
}
