using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>One voice, searched while it speaks. It computes where it is called: on a thread that nobody else waits for.</summary>
internal sealed class VoiceSearch(PocketSphinxDecoder decoder, Action<HeardSpeech> say, CancellationToken cancellationToken)
{
    private const int StepLength = PocketSphinxDecoder.Step * SpeechCutter.FrameLength;

    // Each fifth of a second of speech something new is said.
    private const int StepsAGuess = 2;

    // A mean over less says little: the search of a voice's first words waits for it, six tenths of a second.
    private const int LeastMean = 60;

    // A voice of which less was heard is searched once more when its utterance is over, if that doesn't take too long: what its begin was
    // normalised by was a guess.
    private const int KnownMean = 150;
    private const int ShortEnough = 9 * SpeechCutter.Rate;

    // What was said before counts as much as three seconds. Measured: as many words are right as with each utterance's own mean.
    private const int MostMean = 300;

    private readonly TapCutter _cutter = new();
    private readonly CepstralMean _mean = new(decoder.Cepstrum);
    private readonly List<float> _cepstra = [];
    private bool _isOpen;
    private bool _isNewVoice;
    private int _read;
    private int _searched;
    private int _steps;
    private string _said = "";

    public void Hear(AudioFrame frame) => _cutter.Add(frame, over =>
    {
        if (over is not null || (_isOpen && _cutter.Open is null))
            Finish(over);
        GoOn();
    });

    /// <summary>No more sound comes.</summary>
    public void End() => Finish(_cutter.End());

    private void GoOn()
    {
        if (_cutter.Open is not { } open)
            return;

        if (!_isOpen)
        {
            _isOpen = true;
            (_read, _searched, _steps, _said) = (0, 0, 0, "");
            _cepstra.Clear();
            _isNewVoice = _mean.Weight < KnownMean;
            _mean.Limit(MostMean);
            decoder.Begin();
            decoder.Start();
        }

        for (; open.Length - _read >= StepLength; _read += StepLength)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(_cutter.Copy(_read, StepLength));
            if (_mean.Weight < LeastMean)
                continue;

            Search();
            if (++_steps % StepsAGuess == 0)
                Guess(open.Begin);
        }
    }

    private void Read(short[] samples)
    {
        var cepstra = decoder.CepstraOf(samples);
        _mean.Add(cepstra);
        _cepstra.AddRange(cepstra);
    }

    private void Search()
    {
        var step = PocketSphinxDecoder.Step * decoder.Cepstrum;
        while (_searched < _cepstra.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = Math.Min(step, _cepstra.Count - _searched);
            decoder.Search(_mean.SubtractFrom(_cepstra.GetRange(_searched, length).ToArray()));
            _searched += length;
        }
    }

    private void Guess(long begin)
    {
        if (decoder.Guess() is { Count: > 0 } words && SpokenSegment.Of(begin, words) is var segment && segment.Text != _said)
        {
            _said = segment.Text;
            say(new HeardSpeech(false, segment));
        }
    }

    private void Finish(Utterance? over)
    {
        if (!_isOpen)
        {
            // Too short to be sure of it before.
            if (over is not null && decoder.Understand(over.Samples, cancellationToken) is { Count: > 0 } few)
                say(new HeardSpeech(true, SpokenSegment.Of(over.Begin, few)));
            return;
        }

        _isOpen = false;
        if (over is not null && over.Samples.Length > _read)
            Read(over.Samples[_read..]);
        Search();
        var words = decoder.End();
        if (_isNewVoice && over?.Samples.Length < ShortEnough)
            words = decoder.Understand([.. _cepstra], _mean, cancellationToken);
        // Who speaks for long is cut behind what is said already: the rest comes once more.
        var length = (over?.Samples.Length ?? 0) / (double)SpeechCutter.Rate;
        words = [.. words.Where(word => (word.From + word.To) / 2 < length)];
        if (words.Count > 0)
            say(new HeardSpeech(true, SpokenSegment.Of(over!.Begin, words)));
        else if (_said.Length > 0)
            say(new HeardSpeech(false, new TranscribedSegment(0, 0, "", null, [])));
    }
}
