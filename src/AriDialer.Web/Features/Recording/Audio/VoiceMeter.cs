namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>What was to be heard in a fiftieth of a second.</summary>
[Flags]
internal enum Heard : byte
{
    Nothing = 0,
    Left = 1,
    Right = 2,

    /// <summary>Nothing was recorded there because somebody wanted it so: neither talk nor silence.</summary>
    Paused = 4,
}

/// <summary>Tells voice from noise, of each side by itself: by how loud it is above what hums and hisses behind it.</summary>
internal sealed class VoiceMeter
{
    public const int FramesPerSecond = 50;
    private const int FrameLength = SampleClock.Rate / FramesPerSecond;

    private readonly Heard[] _frames;
    private readonly Side _left = new();
    private readonly Side _right = new();
    private int _at;
    private int _inFrame;

    public VoiceMeter(RecordingTimeline timeline)
    {
        // What is left over at the end is shorter than any sound.
        _frames = new Heard[timeline.Length / FrameLength];
        foreach (var pause in timeline.Pauses)
        {
            var first = (int)Math.Clamp(pause.Begin / FrameLength, 0, _frames.Length);
            var end = (int)Math.Clamp((pause.End + FrameLength - 1) / FrameLength, first, _frames.Length);
            Array.Fill(_frames, Heard.Paused, first, end - first);
        }
    }

    /// <summary>What was heard so far, frame by frame.</summary>
    public ReadOnlySpan<Heard> Frames => _frames.AsSpan(0, _at);

    /// <summary>Takes the next samples: left and right in turns.</summary>
    public void Add(ReadOnlySpan<short> stereo)
    {
        for (var i = 0; i < stereo.Length; i += 2)
        {
            _left.Add(stereo[i]);
            _right.Add(stereo[i + 1]);
            if (++_inFrame == FrameLength)
                End();
        }
    }

    private void End()
    {
        _inFrame = 0;
        var (left, right) = (_left.EndsLoud(), _right.EndsLoud());
        if (_at == _frames.Length)
            return;

        if (_frames[_at] != Heard.Paused)
            _frames[_at] = (left ? Heard.Left : Heard.Nothing) | (right ? Heard.Right : Heard.Nothing);
        _at++;
    }

    private sealed class Side
    {
        // In dB of one step of a sample: full scale is 90, somebody who speaks quietly 45 to 50.
        private const double QuietestVoice = 42;
        private const double AboveNoise = 9;

        // Noise that begins anew is known for what it is within seconds; a voice falls back to the noise between its words.
        private const double LeastNoise = QuietestVoice - AboveNoise;
        private const double NoiseRise = 3.0 / FramesPerSecond;

        private long _energy;
        private double _noise = LeastNoise;

        public void Add(short sample) => _energy += sample * sample;

        public bool EndsLoud()
        {
            var level = 10 * Math.Log10((double)_energy / FrameLength + 1);
            _energy = 0;
            _noise = Math.Max(LeastNoise, Math.Min(level, _noise + NoiseRise));
            return level > _noise + AboveNoise;
        }
    }
}
