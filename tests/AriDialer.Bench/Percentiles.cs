using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AriDialer.Bench;

/// <summary>Listens to an instrument and keeps every value with its moment.</summary>
internal sealed class Percentiles : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly List<(long At, double Milliseconds)> _values = [];

    /// <param name="instrument">The instrument's name; milliseconds or seconds, as its unit says.</param>
    public Percentiles(string instrument)
    {
        var scale = 1;
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument)
            {
                scale = published.Unit == "s" ? 1000 : 1;
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            lock (_gate)
            {
                _values.Add((Stopwatch.GetTimestamp(), value * scale));
            }
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>What was measured from a moment on.</summary>
    /// <param name="timestamp">Of <see cref="Stopwatch"/>.</param>
    public string Since(long timestamp)
    {
        lock (_gate)
        {
            return Of(_values.Where(value => value.At >= timestamp).Select(value => value.Milliseconds));
        }
    }

    /// <summary>What these milliseconds come to.</summary>
    public static string Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0
            ? "no measurements"
            : FormattableString.Invariant(
                $"{sorted.Length} measured, p50 {At(sorted, 0.5):0.000} ms, p90 {At(sorted, 0.9):0.000} ms, p99 {At(sorted, 0.99):0.000} ms, max {sorted[^1]:0.000} ms");
    }

    /// <summary>The middle of these; 0 where there are none.</summary>
    public static double Median(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? 0 : At(sorted, 0.5);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
