using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Recording.Talk;

/// <summary>What a call's page says of how the two sides talked.</summary>
internal sealed record TalkView(TalkEntry Talk, Speakers Speakers)
{
    /// <summary>The four parts of the time, in the order of the bar.</summary>
    public IReadOnlyList<TalkPart> Parts
    {
        get
        {
            List<TalkPart> parts = [];
            var begin = 0.0;
            foreach (var (kind, words, seconds) in new[]
            {
                ("left", $"Only {Speakers.Left} spoke", Talk.LeftSeconds),
                ("both", "Both spoke at once", Talk.BothSeconds),
                ("right", $"Only {Speakers.Right} spoke", Talk.RightSeconds),
                ("silence", "Nobody spoke", Talk.SilentSeconds),
            })
            {
                var part = new TalkPart(kind, words, seconds, begin, ShareOf(seconds));
                parts.Add(part);
                begin += part.Percent;
            }

            return parts;
        }
    }

    /// <summary>The bar in words.</summary>
    public string Sentence => $"{string.Join(", ", Parts.Select((part, i) => $"{(i == 0 ? part.Words : part.WordsWithin)} {Percent(part.Percent)} of the time"))}.";

    /// <summary>How much of the time a side spoke, alone or not.</summary>
    public string Talked(bool left) => Amount(Talk.BothSeconds + (left ? Talk.LeftSeconds : Talk.RightSeconds));

    /// <summary>How much of the time a side was silent while the other one spoke.</summary>
    public string Listened(bool left) => Amount(left ? Talk.RightSeconds : Talk.LeftSeconds);

    public string Amount(double seconds) => $"{Percent(ShareOf(seconds))} ({RecordingPlayerModel.Clock(seconds)})";

    public static string Times(int count) => count switch
    {
        0 => "never",
        1 => "once",
        2 => "twice",
        _ => $"{count} times",
    };

    // With a space that does not break.
    private static string Percent(double percent) => $"{Math.Round(percent, MidpointRounding.AwayFromZero)}\u00A0%";

    private double ShareOf(double seconds) => Talk.Seconds > 0 ? 100 * seconds / Talk.Seconds : 0;
}

/// <summary>A part of the bar: what it stands for, how long that was, and where it begins, in percent.</summary>
internal sealed record TalkPart(string Kind, string Words, double Seconds, double Begin, double Percent)
{
    public string WordsWithin => char.ToLowerInvariant(Words[0]) + Words[1..];
}
