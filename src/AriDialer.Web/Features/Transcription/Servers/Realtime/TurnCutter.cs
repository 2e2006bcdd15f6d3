using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>Makes sentences of what a tap gives while they are spoken: the sound of each a tenth of a second at a time.</summary>
/// <param name="heard">Called when there are further words of one.</param>
internal sealed class TurnCutter(Action<SpokenTurn> heard)
{
    private const int Step = SpeechCutter.Rate / 10;

    private readonly TapCutter _cutter = new();
    private readonly List<SpokenTurn> _begun = [];
    private SpokenTurn? _turn;
    private long _sentUntil;

    /// <summary>Adds a frame.</summary>
    /// <returns>Those that have begun with it.</returns>
    public IReadOnlyList<SpokenTurn> Add(AudioFrame frame)
    {
        _begun.Clear();
        _cutter.Add(frame, over =>
        {
            if (over is not null || (_turn is not null && _cutter.Open is null))
                Finish(over);
            if (_cutter.Open is { } open && Behind(open.Begin, open.Length) >= Step)
                Say(open.Begin, open.Length, _cutter.Copy);
        });
        return _begun;
    }

    /// <summary>No more comes.</summary>
    public IReadOnlyList<SpokenTurn> End()
    {
        _begun.Clear();
        Finish(_cutter.End());
        return _begun;
    }

    private void Finish(Utterance? over)
    {
        // Less than a step is the end of a sentence, but not one of its own.
        if (over is not null && Behind(over.Begin, over.Samples.Length) >= (_turn is null ? Step : 1))
            Say(over.Begin, over.Samples.Length, (from, length) => over.Samples[from..(from + length)]);
        _turn?.End();
        _turn = null;
    }

    private void Say(long begin, int length, Func<int, int, short[]> copy)
    {
        // Who speaks for long is cut behind what is sent already.
        var from = Math.Max(begin, _sentUntil);
        if (_turn is null)
            _begun.Add(_turn = new SpokenTurn(from, heard));
        _sentUntil = begin + length;
        _turn.Add(copy((int)(from - begin), (int)(_sentUntil - from)));
    }

    private long Behind(long begin, int length) => begin + length - Math.Max(begin, _sentUntil);
}
