using System.Diagnostics.Metrics;

namespace AriDialer.Bench;

/// <summary>Listens to an instrument that goes up and down, and keeps the highest that it came to.</summary>
internal sealed class Level : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private long _now;
    private long _highest;

    /// <param name="instrument">The instrument's name.</param>
    public Level(string instrument)
    {
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
        {
            lock (_gate)
            {
                _now += change;
                _highest = Math.Max(_highest, _now);
            }
        });
        _listener.Start();
    }

    public long Highest
    {
        get
        {
            lock (_gate)
            {
                return _highest;
            }
        }
    }

    /// <summary>Forgets what was before.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _highest = _now;
        }
    }

    public void Dispose() => _listener.Dispose();
}
