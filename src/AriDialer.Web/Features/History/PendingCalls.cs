namespace AriDialer.Web.Features.History;

/// <summary>What is not yet in the database: of each call only its newest state, so that it stays as small as the calls of the moment.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _gate = new();
    private Dictionary<string, CallSnapshot> _calls = [];
    private List<TaskCompletionSource> _waiters = [];
    private TaskCompletionSource _arrived = NewSource();

    /// <summary>Completes once there is something to write.</summary>
    public Task Arrived
    {
        get
        {
            lock (_gate)
            {
                return _arrived.Task;
            }
        }
    }

    public void Put(CallSnapshot call)
    {
        lock (_gate)
        {
            Keep(call);
            _arrived.TrySetResult();
        }
    }

    /// <summary>Completes once the call, in this state or a newer one, is committed.</summary>
    public Task PutAndWait(CallSnapshot call)
    {
        var waiter = NewSource();
        lock (_gate)
        {
            Keep(call);
            _waiters.Add(waiter);
            _arrived.TrySetResult();
        }

        return waiter.Task;
    }

    /// <summary>Takes everything that waits.</summary>
    public Batch Take()
    {
        lock (_gate)
        {
            var batch = new Batch([.. _calls.Values], _waiters);
            _calls = [];
            _waiters = [];
            _arrived = NewSource();
            return batch;
        }
    }

    /// <summary>Takes back what could not be written; what has become newer meanwhile stays newer.</summary>
    public void GiveBack(Batch batch)
    {
        lock (_gate)
        {
            foreach (var call in batch.Calls)
            {
                Keep(call);
            }

            _waiters.AddRange(batch.Waiters);
            _arrived.TrySetResult();
        }
    }

    private void Keep(CallSnapshot call)
    {
        if (!_calls.TryGetValue(call.Id, out var known) || known.Version < call.Version)
            _calls[call.Id] = call;
    }

    // Continuations run elsewhere: nobody's code runs while the gate is held.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed record Batch(IReadOnlyList<CallSnapshot> Calls, List<TaskCompletionSource> Waiters)
    {
        public void Committed() => Waiters.ForEach(waiter => waiter.TrySetResult());
    }
}
