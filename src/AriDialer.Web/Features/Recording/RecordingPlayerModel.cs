namespace AriDialer.Web.Features.Recording;

/// <summary>What <c>_Player.cshtml</c> shows: the recording of one call, with the agent on the left and the other side on the right.</summary>
internal sealed record RecordingPlayerModel(
    string AudioUrl, string WaveformUrl, double Seconds, DateTimeOffset StartedAt, string LeftName, string RightName)
{
    public const int CommentLength = Data.RecordingComment.TextLength;

    /// <summary>Null where this person may listen, but not keep a copy.</summary>
    public string? DownloadUrl { get; init; }

    public IReadOnlyList<PlayerPause> Pauses { get; init; } = [];

    public bool IsPartial { get; init; }

    /// <summary>What there is to know about this recording, such as why a part of the call is missing.</summary>
    public string? Sentence { get; init; }

    public IReadOnlyList<PlayerComment> Comments { get; init; } = [];

    /// <summary>Takes a form's <c>at</c> and <c>text</c>, and leads back to the page. Null where this person may not comment.</summary>
    public string? CommentUrl { get; init; }

    /// <summary>Takes a form's <c>id</c>, and leads back to the page. Null where nobody may delete.</summary>
    public string? DeleteCommentUrl { get; init; }

    /// <summary>Why the comment that was sent last was not taken.</summary>
    public string? CommentProblem { get; init; }

    /// <summary>83.4 as "1:23".</summary>
    public static string Clock(double seconds) => History.CallText.Duration(TimeSpan.FromSeconds(Math.Max(0, seconds)));

    /// <summary>As scripts and form fields read it, whatever language the server speaks.</summary>
    public static string Number(double seconds) => seconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A stretch of the recording, in its seconds, in which nothing was recorded.</summary>
internal sealed record PlayerPause(double From, double To);

internal sealed record PlayerComment(string Id, double AtSeconds, string Author, string Text, bool Mine);
