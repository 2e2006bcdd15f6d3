using AriDialer.Calls.Media;

namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>
/// Cuts what a tap gives into utterances. A hole as long as a pause ends one; a shorter one, as lost packets leave it in the middle of a
/// sentence, is filled with noise: cut there, the words of both halves would be understood worse.
/// </summary>
internal sealed class TapCutter
{
    private readonly SpeechCutter _cutter = new();
    private readonly List<short> _rest = [];
    private long _next;

    /// <summary>What is being said, as <see cref="SpeechCutter.Open"/>.</summary>
    public (long Begin, int Length)? Open => _cutter.Open;

    public short[] Copy(int from, int length) => _cutter.Copy(from, length);

    /// <summary>Adds a frame.</summary>
    /// <param name="frame">It.</param>
    /// <param name="step">Called after each hundredth of a second, with the utterance that is over with it, if there is one.</param>
    public void Add(AudioFrame frame, Action<Utterance?> step)
    {
        // A frame that lies a little before the end of the last one is no hole: the tap's clock evens itself out.
        var hole = frame.Begin - _next;
        if (hole is > 0 and < SpeechCutter.PauseLength)
            _rest.AddRange(_cutter.Noise((int)hole));
        else if (hole > 0)
        {
            step(_cutter.End());
            _rest.Clear();
            _cutter.GoOnAt(frame.Begin);
        }

        _next = frame.Begin + frame.Samples.Length;
        _rest.AddRange(frame.Samples);
        var place = 0;
        var samples = new short[SpeechCutter.FrameLength];
        for (; place + samples.Length <= _rest.Count; place += samples.Length)
        {
            _rest.CopyTo(place, samples, 0, samples.Length);
            step(_cutter.Add(samples));
        }

        _rest.RemoveRange(0, place);
    }

    /// <summary>No more comes.</summary>
    public Utterance? End() => _cutter.End();
}
