using System.Diagnostics.Metrics;

namespace AriDialer.Bench;

/// <summary>Listens to the engine's own meter and keeps every reaction time.</summary>
internal sealed class Percentiles : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly List<double> _values = [];

    public Percentiles(string instrument)
    {
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            lock (_gate)
            {
                _values.Add(value);
            }
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    public override string ToString()
    {
        lock (_gate)
        {
            var sorted = _values.Order().ToArray();
            return sorted.Length == 0
                ? "no measurements"
                : FormattableString.Invariant(
                    $"{sorted.Length} measured, p50 {At(sorted, 0.5):0.000} ms, p90 {At(sorted, 0.9):0.000} ms, p99 {At(sorted, 0.99):0.000} ms, max {sorted[^1]:0.000} ms");
        }
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
