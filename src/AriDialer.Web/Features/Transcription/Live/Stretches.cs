namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>Stretches of time, joined where they touch.</summary>
internal sealed class Stretches
{
    // Frames come in order, so that all but the last are as they will stay.
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _all = [];

    /// <summary>Adds a stretch that begins not before those that are there.</summary>
    public void Add(DateTimeOffset from, DateTimeOffset to, TimeSpan joins)
    {
        if (_all.Count > 0 && from - _all[^1].To <= joins)
            _all[^1] = (_all[^1].From, to > _all[^1].To ? to : _all[^1].To);
        else
            _all.Add((from, to));
    }

    /// <summary>Takes back all that is later.</summary>
    public void CutAt(DateTimeOffset end)
    {
        while (_all.Count > 0 && _all[^1].From >= end)
        {
            _all.RemoveAt(_all.Count - 1);
        }

        if (_all.Count > 0 && _all[^1].To > end)
            _all[^1] = (_all[^1].From, end);
    }

    /// <summary>What of a time is in none of them.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> MissingOf(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var (begin, end) in _all)
        {
            if (begin > from && begin < to)
                yield return (from, begin);
            if (end > from)
                from = end;
            if (from >= to)
                yield break;
        }

        if (from < to)
            yield return (from, to);
    }
}
