namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>Sound in which somebody speaks.</summary>
/// <param name="Begin">Where it begins, in samples.</param>
/// <param name="Samples">It, with a little before and behind.</param>
internal sealed record Utterance(long Begin, short[] Samples);

/// <summary>
/// Cuts one voice into utterances at its pauses, by how loud it is above the noise behind it. What is silent, or hums or hisses
/// evenly, is left out: a speech engine makes words of anything.
/// </summary>
internal sealed class SpeechCutter
{
    public const int Rate = 16_000;
    public const int FrameLength = Rate / FramesPerSecond;
    private const int FramesPerSecond = 100;

    private const int PreRoll = FramesPerSecond / 4;
    private const int PostRoll = 15;
    private const int Pause = 35;

    /// <summary>A hole of so many samples is a pause in which an utterance ends.</summary>
    public const int PauseLength = Pause * FrameLength;

    // Who speaks for long is cut at a shorter pause, and at last where it is least loud: search time grows with length, and so does
    // what a wrong word does to those around it.
    private const int Long = 8 * FramesPerSecond;
    private const int ShortPause = 12;
    private const int Longest = 12 * FramesPerSecond;
    private const int CutWithin = 2 * FramesPerSecond;

    // In dB of one step of a sample: full scale is 90, somebody who speaks quietly 45 to 50.
    private const double QuietestSpeech = 36;
    private const double AboveNoise = 9;
    private const double NoiseRise = 0.03;

    // Speech goes up and down by 20 dB and more; a tone or hiss by less than 3.
    private const double LeastMovement = 6;
    private const int LeastLoudFrames = 8;

    private readonly List<short> _sound = [];
    private readonly List<(double Level, bool IsLoud)> _frames = [];
    private long _begin;
    private double _noise = QuietestSpeech - AboveNoise;
    private bool _speaks;
    private bool _isSpeech;
    private int _quiet;

    /// <summary>What is being said and is surely speech: where it begins, and how much of it belongs to it whatever follows; null where nobody speaks.</summary>
    public (long Begin, int Length)? Open
    {
        get
        {
            if (!_speaks || !(_isSpeech |= IsSpeech(_frames)))
                return null;
            return (_begin, (_frames.Count - Math.Max(0, _quiet - PostRoll)) * FrameLength);
        }
    }

    /// <summary>Adds a hundredth of a second.</summary>
    /// <returns>An utterance that is over with it.</returns>
    public Utterance? Add(ReadOnlySpan<short> frame)
    {
        var level = LevelOf(frame);
        _noise = Math.Min(level, _noise + NoiseRise);
        var isLoud = level > Math.Max(_noise + AboveNoise, QuietestSpeech);
        _sound.AddRange(frame);
        _frames.Add((level, isLoud));
        if (!_speaks)
        {
            (_speaks, _quiet) = (isLoud, 0);
            if (!isLoud && _frames.Count > PreRoll)
                TakeOut(1);
            return null;
        }

        _quiet = isLoud ? 0 : _quiet + 1;
        if (_quiet >= Pause || (_frames.Count >= Long && _quiet >= ShortPause))
            return End();
        return _frames.Count >= Longest ? Cut(QuietestPlace()) : null;
    }

    /// <summary>Copies samples of what is <see cref="Open"/>, from a place within it.</summary>
    public short[] Copy(int from, int length)
    {
        var samples = new short[length];
        _sound.CopyTo(from, samples, 0, length);
        return samples;
    }

    /// <summary>What is behind the voice, for a hole in it: digital silence would be taken for the noise of a line on which everything else is loud.</summary>
    public short[] Noise(int length)
    {
        var peak = (short)Math.Min(short.MaxValue, Math.Sqrt(3 * (Math.Pow(10, _noise / 10) - 1)));
        // The same sound gives the same words.
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(-peak, peak + 1))];
    }

    /// <summary>Goes on at another place, behind a hole. What was being said is to be ended before.</summary>
    public void GoOnAt(long place)
    {
        _sound.Clear();
        _frames.Clear();
        (_speaks, _begin) = (false, place);
    }

    /// <summary>Ends what is being said.</summary>
    public Utterance? End()
    {
        var spoke = _speaks;
        _speaks = false;
        return spoke ? Cut(_frames.Count - Math.Max(0, _quiet - PostRoll)) : null;
    }

    private Utterance? Cut(int frames)
    {
        var (begin, isSpeech) = (_begin, IsSpeech(_frames.GetRange(0, frames)));
        var samples = TakeOut(frames);
        _isSpeech = false;
        return isSpeech ? new Utterance(begin, samples) : null;
    }

    private short[] TakeOut(int frames)
    {
        var length = frames * FrameLength;
        var samples = new short[length];
        _sound.CopyTo(0, samples, 0, length);
        _sound.RemoveRange(0, length);
        _frames.RemoveRange(0, frames);
        _begin += length;
        return samples;
    }

    // Between two words, or at least in a word's weakest sound: where three frames are least loud.
    private int QuietestPlace()
    {
        var (place, least) = (_frames.Count, double.MaxValue);
        for (var i = _frames.Count - CutWithin; i < _frames.Count - 1; i++)
        {
            var level = _frames[i - 1].Level + _frames[i].Level + _frames[i + 1].Level;
            if (level < least)
                (place, least) = (i, level);
        }

        return place;
    }

    private static bool IsSpeech(List<(double Level, bool IsLoud)> frames)
    {
        double[] loud = [.. frames.Where(frame => frame.IsLoud).Select(frame => frame.Level).Order()];
        return loud.Length >= LeastLoudFrames && loud[loud.Length * 19 / 20] - loud[loud.Length / 20] >= LeastMovement;
    }

    private static double LevelOf(ReadOnlySpan<short> frame)
    {
        var sum = 0L;
        foreach (var sample in frame)
            sum += sample * sample;
        return 10 * Math.Log10((double)sum / frame.Length + 1);
    }
}
