namespace AriDialer.Testing;

/// <summary>Every request in the order of arrival, and what a test wants done with those to come.</summary>
public sealed class FakeRequestLog
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<FakeRequest> _all = [];
    private readonly List<Rule> _rules = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<FakeRequest> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    /// <summary>Answers the next requests of this kind with a failure, instead of doing what they ask.</summary>
    public void Fail(Func<FakeRequest, bool> which, int status, string message, int times = 1) =>
        Add(new Rule(which, times) { Answer = FakeAnswer.Error(status, message) });

    /// <summary>Breaks the connection of the next requests of this kind: <paramref name="done"/> says whether they are carried out first.</summary>
    public void Break(Func<FakeRequest, bool> which, bool done, int times = 1) => Add(new Rule(which, times) { Breaks = true, Done = done });

    /// <summary>
    /// Lets requests of this kind wait until the returned object is disposed of: <paramref name="done"/> says whether they are carried out
    /// first, and only their answer waits.
    /// </summary>
    public IDisposable Hold(Func<FakeRequest, bool> which, bool done = false)
    {
        var rule = new Rule(which, int.MaxValue) { Done = done, Release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        Add(rule);
        return new Releaser(this, rule);
    }

    /// <summary>Waits for a request, which may have arrived already.</summary>
    public Task<FakeRequest> WaitForAsync(string method, string path, TimeSpan? limit = null) =>
        WaitForAsync(request => request.Is(method, path), limit, $"{method} {path}");

    /// <summary>Waits for a request, which may have arrived already.</summary>
    public async Task<FakeRequest> WaitForAsync(Func<FakeRequest, bool> which, TimeSpan? limit = null, string what = "such a request")
    {
        using var late = new CancellationTokenSource(limit ?? Limit);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_all.FirstOrDefault(which) is { } found)
                    return found;
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{what} did not arrive. These did:\n{string.Join('\n', All)}");
            }
        }
    }

    internal Rule? Record(FakeRequest request)
    {
        lock (_gate)
        {
            _all.Add(request);
            var changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.TrySetResult();
            return _rules.FirstOrDefault(rule => rule.Takes(request));
        }
    }

    private void Add(Rule rule)
    {
        lock (_gate)
            _rules.Add(rule);
    }

    internal sealed class Rule(Func<FakeRequest, bool> which, int times)
    {
        private int _left = times;

        public FakeAnswer? Answer { get; init; }

        public bool Breaks { get; init; }

        public bool Done { get; init; }

        public TaskCompletionSource? Release { get; init; }

        public bool Takes(FakeRequest request) => _left > 0 && which(request) && _left-- > 0;
    }

    private sealed class Releaser(FakeRequestLog log, Rule rule) : IDisposable
    {
        public void Dispose()
        {
            lock (log._gate)
                log._rules.Remove(rule);
            rule.Release!.TrySetResult();
        }
    }
}
