using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription.Live;

namespace AriDialer.Web.Features.Live;

/// <summary>What is said in a call, for a page: all of it so far, or what changed since the message before.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="State">What can be said of it as a whole.</param>
/// <param name="Sentence">The same for people, where it is not simply being listened to.</param>
/// <param name="Lines">Each replaces the one of the same id.</param>
internal sealed record LiveWords(LiveMessageKind Kind, LiveWordsState State, string? Sentence, IReadOnlyList<LiveLineView> Lines);

/// <summary>What one person said at one go.</summary>
internal sealed record LiveLineView(long Id, RecordingSide Side, string Name, DateTimeOffset At, string Text, LiveLineKind Kind);

/// <summary>What people are told of a live transcript.</summary>
internal static class LiveWordsSentences
{
    public static string? For(LiveWordsState state) => state switch
    {
        LiveWordsState.Off => "Nothing is being recorded. What is said appears here while the call is recorded.",
        LiveWordsState.Announcing => "The people in the call are being told that it is recorded. Then what they say appears here.",
        LiveWordsState.Paused => "The recording is paused: nothing that is said now is written down.",
        LiveWordsState.Later => "As many calls as this machine can follow are being followed already. This one is transcribed when it is over.",
        LiveWordsState.Missing => "Words do not appear while a call goes on here. They are added after the call where it is transcribed.",
        LiveWordsState.Over => "The call is over.",
        _ => null,
    };
}
