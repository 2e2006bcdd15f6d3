namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>Stretches of time, joined where they touch. An engine reads on while it still thinks of what it has read: several threads use one.</summary>
internal sealed class Stretches
{
    private readonly Lock _gate = new();

    // Frames come in order, so that all but the last are as they will stay.
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _all = [];

    /// <summary>Adds a stretch that begins not before those that are there.</summary>
    /// <param name="from">When it begins.</param>
    /// <param name="to">When it ends.</param>
    /// <param name="joins">How far behind the one before it may begin and still belong to it.</param>
    public void Add(DateTimeOffset from, DateTimeOffset to, TimeSpan joins)
    {
        lock (_gate)
        {
            if (_all.Count > 0 && from - _all[^1].To <= joins)
                _all[^1] = (_all[^1].From, to > _all[^1].To ? to : _all[^1].To);
            else
                _all.Add((from, to));
        }
    }

    /// <summary>Takes a stretch out.</summary>
    public void Remove(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            for (var i = _all.Count - 1; i >= 0 && _all[i].To > from; i--)
            {
                var (begin, end) = _all[i];
                if (begin >= to)
                    continue;

                _all.RemoveAt(i);
                if (end > to)
                    _all.Insert(i, (to, end));
                if (begin < from)
                    _all.Insert(i, (begin, from));
            }
        }
    }

    /// <summary>What of a time is in none of them.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> MissingOf(DateTimeOffset from, DateTimeOffset to)
    {
        List<(DateTimeOffset, DateTimeOffset)> missing = [];
        lock (_gate)
        {
            foreach (var (begin, end) in _all)
            {
                if (begin > from && from < to)
                    missing.Add((from, begin < to ? begin : to));
                if (end > from)
                    from = end;
            }
        }

        if (from < to)
            missing.Add((from, to));
        return missing;
    }
}
