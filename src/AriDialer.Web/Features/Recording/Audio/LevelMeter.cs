namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>What is to be seen of a recording: its peaks.</summary>
internal sealed class LevelMeter
{
    private const int PeaksPerSecond = 20;
    private const int MostPeaks = 20_000;

    private readonly long _samplesPerPeak;
    private readonly Side _left;
    private readonly Side _right;

    public LevelMeter(long length)
    {
        _samplesPerPeak = Math.Max(SampleClock.Rate / PeaksPerSecond, (length + MostPeaks - 1) / MostPeaks);
        var peaks = (int)((length + _samplesPerPeak - 1) / _samplesPerPeak);
        _left = new Side(peaks, _samplesPerPeak);
        _right = new Side(peaks, _samplesPerPeak);
    }

    public Waveform Waveform => new((double)SampleClock.Rate / _samplesPerPeak, _left.Peaks, _right.Peaks);

    /// <summary>Takes the next samples: left and right in turns.</summary>
    public void Add(ReadOnlySpan<short> stereo)
    {
        for (var i = 0; i < stereo.Length; i += 2)
        {
            _left.Add(stereo[i]);
            _right.Add(stereo[i + 1]);
        }
    }

    private sealed class Side(int peaks, long samplesPerPeak)
    {
        private int _peak;
        private long _inPeak;
        private int _at;

        public byte[] Peaks { get; } = new byte[peaks];

        public void Add(short sample)
        {
            var level = Math.Abs((int)sample);
            if (level > _peak)
            {
                _peak = level;
                Peaks[_at] = (byte)((level * 127 + (1 << 14)) >> 15);
            }

            if (++_inPeak == samplesPerPeak)
            {
                _at++;
                _inPeak = 0;
                _peak = 0;
            }
        }
    }
}
