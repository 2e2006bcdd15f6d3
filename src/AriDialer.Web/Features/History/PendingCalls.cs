namespace AriDialer.Web.Features.History;

/// <summary>What is not yet in the database, call by call.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _gate = new();
    private Dictionary<string, PendingCall> _calls = [];
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

    public void Put(PendingCall call)
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
            Keep(new PendingCall(call));
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

    /// <summary>Takes back what could not be written; what was told meanwhile comes after it.</summary>
    public void GiveBack(Batch batch)
    {
        lock (_gate)
        {
            foreach (var taken in batch.Calls)
            {
                // A copy: an attempt to write the batch may still be reading it.
                var call = PendingCall.Of(taken.Call, taken.Moments, taken.Legs);
                if (_calls.TryGetValue(call.Call.Id, out var later))
                    call.Add(later);
                _calls[call.Call.Id] = call;
            }

            _waiters.AddRange(batch.Waiters);
            _arrived.TrySetResult();
        }
    }

    private void Keep(PendingCall call)
    {
        if (_calls.TryGetValue(call.Call.Id, out var known))
            known.Add(call);
        else
            _calls[call.Call.Id] = call;
    }

    // Continuations run elsewhere: nobody's code runs while the gate is held.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed record Batch(IReadOnlyList<PendingCall> Calls, List<TaskCompletionSource> Waiters)
    {
        public void Committed() => Waiters.ForEach(waiter => waiter.TrySetResult());
    }
}
