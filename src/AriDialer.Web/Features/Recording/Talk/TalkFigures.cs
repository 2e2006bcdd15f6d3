namespace AriDialer.Web.Features.Recording.Talk;

/// <summary>
/// How two sides talked with each other, in seconds of the recording. What was paused is left out: it counts neither as talk nor as silence.
/// </summary>
/// <param name="Seconds">All that counts: the four that follow are its parts.</param>
/// <param name="LeftSeconds">Only our side spoke.</param>
/// <param name="RightSeconds">Only the other side spoke.</param>
/// <param name="BothSeconds">Both spoke at once.</param>
/// <param name="SilentSeconds">Nobody spoke.</param>
/// <param name="Silence">The longest time for which nobody spoke.</param>
/// <param name="Left">Our side.</param>
/// <param name="Right">The other side.</param>
internal sealed record TalkFigures(
    double Seconds, double LeftSeconds, double RightSeconds, double BothSeconds, double SilentSeconds, TalkStretch Silence, SideTalk Left, SideTalk Right);

/// <summary>One side's part.</summary>
/// <param name="Turns">How often it came to speak. A word or two while the other side goes on speaking is none.</param>
/// <param name="Interruptions">
/// How often it took its turn from the other side: it began while the other one was speaking, for a second or longer, and the other one
/// had not been about to end.
/// </param>
/// <param name="Monologue">
/// The longest time for which it spoke without the other side's coming to speak. A pause of two seconds ends it.
/// </param>
internal sealed record SideTalk(int Turns, int Interruptions, TalkStretch Monologue);

/// <summary>A stretch of the recording.</summary>
internal readonly record struct TalkStretch(double From, double Seconds);
