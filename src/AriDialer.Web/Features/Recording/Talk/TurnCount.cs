using AriDialer.Web.Features.Recording.Audio;
using Span = AriDialer.Web.Features.Recording.Talk.TalkCount.Span;

namespace AriDialer.Web.Features.Recording.Talk;

/// <summary>Whose turn it was, and who took it from the other side.</summary>
internal sealed class TurnCount
{
    private const int Second = VoiceMeter.FramesPerSecond;

    // Who begins a moment before the other one has ended was only quick.
    private const int Quick = Second / 5;
    private const int EndOfMonologue = 2 * Second;

    private readonly Side[] _sides = [new(), new()];

    public SideTalk Of(RecordingSide side) =>
        new(_sides[(int)side].Turns, _sides[(int)side].Interruptions, _sides[(int)side].Longest.ToStretch());

    /// <summary>Adds what both sides said between two pauses of the recording: for each, the stretches in which it spoke.</summary>
    public void Add(List<Span> ours, List<Span> theirs)
    {
        var said = ours.Select(span => (Side: _sides[0], Other: _sides[1], Span: span))
            .Concat(theirs.Select(span => (Side: _sides[1], Other: _sides[0], Span: span)))
            .OrderBy(one => one.Span.Begin).ThenByDescending(one => one.Span.Length);
        Side? holder = null;
        (_sides[0].Last, _sides[1].Last) = (default, default);
        foreach (var (side, other, span) in said)
        {
            side.Last = span;
            var during = other.Last.End > span.Begin;
            if (during && span.Length < Second && span.End <= other.Last.End)
                continue;

            if (holder == side && span.Begin - side.Monologue.End < EndOfMonologue)
            {
                side.Monologue = side.Monologue with { End = span.End };
            }
            else
            {
                if (holder != side)
                {
                    side.Turns++;
                    if (during && span.Length >= Second && other.Last.End - span.Begin > Quick)
                        side.Interruptions++;
                    holder?.EndTurn(span.Begin);
                }

                side.Close();
                side.Monologue = span;
            }

            holder = side;
        }

        _sides[0].Close();
        _sides[1].Close();
    }

    private sealed class Side
    {
        public int Turns { get; set; }

        public int Interruptions { get; set; }

        /// <summary>What it said last, whether or not that was a turn.</summary>
        public Span Last { get; set; }

        /// <summary>The one that goes on.</summary>
        public Span Monologue { get; set; }

        public Span Longest { get; private set; }

        public void EndTurn(int at)
        {
            Monologue = Monologue with { End = Math.Min(Monologue.End, at) };
            Close();
        }

        public void Close()
        {
            if (Monologue.Length > Longest.Length)
                Longest = Monologue;
            Monologue = default;
        }
    }
}
