using System.Runtime.InteropServices;
using Lib = AriDialer.Web.Features.Transcription.PocketSphinx.PocketSphinxLibrary;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>
/// Understands one utterance at a time, and keeps nothing of it: what it makes of a sound doesn't depend on what it heard before.
/// </summary>
/// <remarks>
/// Left to itself the library normalises sound by what it has heard so far, or holds on until it is through with a whole utterance.
/// Here each utterance is normalised by its own mean before it is searched, in steps that can be cancelled; as many words are right.
/// </remarks>
internal sealed class PocketSphinxDecoder : IDisposable
{
    public const int FramesPerSecond = 100;

    // A tenth of a second of sound.
    private const int Step = 10;

    // The library was not written to be loaded twice at the same time.
    private static readonly Lock Loading = new();

    private readonly SphinxDecoder _decoder;
    private readonly SphinxFrontEnd _frontEnd;
    private readonly int _cepstrum;

    private PocketSphinxDecoder(SphinxDecoder decoder, SphinxFrontEnd frontEnd)
    {
        (_decoder, _frontEnd) = (decoder, frontEnd);
        _cepstrum = Lib.OutputSize(frontEnd);
    }

    /// <summary>False where it was left within an utterance. To end that would take up to a second; another is loaded in a quarter.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <exception cref="PocketSphinxException">The model cannot be loaded.</exception>
    public static PocketSphinxDecoder Load(PocketSphinxModel model)
    {
        lock (Loading)
        {
            using var settings = SettingsFor(model);
            var decoder = Lib.NewDecoder(settings);
            var frontEnd = Lib.NewFrontEnd(settings);
            if (!decoder.IsInvalid && !frontEnd.IsInvalid)
                return new PocketSphinxDecoder(decoder, frontEnd);

            decoder.Dispose();
            frontEnd.Dispose();
            throw new PocketSphinxException($"PocketSphinx could not load its model from {model.Folder}.");
        }
    }

    /// <summary>The words of an utterance, with times in seconds from its own begin.</summary>
    public IReadOnlyList<TranscribedWord> Understand(short[] samples, CancellationToken cancellationToken)
    {
        using var cepstra = CepstraOf(samples, out var frames);
        IsUsable = false;
        Check(Lib.StartUtterance(_decoder));
        for (var frame = 0; frame < frames; frame += Step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Check(Lib.ProcessCepstra(_decoder, cepstra.DangerousGetHandle() + frame * nint.Size, Math.Min(Step, frames - frame), 0, 0));
        }

        Check(Lib.EndUtterance(_decoder));
        IsUsable = true;
        return ReadWords();
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _frontEnd.Dispose();
    }

    private static SphinxSettings SettingsFor(PocketSphinxModel model)
    {
        var definitions = Lib.ArgumentDefinitions();
        var settings = Lib.NewSettings(0, definitions, 0, 0);
        if (settings.IsInvalid || Lib.AddSettings(settings, definitions, model.FeatureSettings, 0) == 0)
            throw new PocketSphinxException($"PocketSphinx cannot read {model.FeatureSettings}.");

        Lib.Set(settings, "-hmm", model.Acoustic);
        Lib.Set(settings, "-dict", model.Dictionary);
        Lib.Set(settings, "-lm", model.Language);
        // Ours, see above: and it must not read the file that says otherwise once more.
        Lib.Set(settings, "-cmn", "none");
        Lib.Set(settings, "-featparams", "/dev/null");
        // It would cut pauses out, and give times as if they had not been.
        Lib.Set(settings, "-remove_silence", new CLong(0));
        return settings;
    }

    private SphinxCepstra CepstraOf(short[] samples, out int frames)
    {
        Lib.StartStream(_frontEnd);
        Check(Lib.StartUtterance(_frontEnd));
        Check(Lib.ProcessUtterance(_frontEnd, samples, (nuint)samples.Length, out var cepstra, out frames));
        // What is left is shorter than a frame.
        Check(Lib.EndUtterance(_frontEnd, new float[_cepstrum], out _));
        if (frames > 0)
            SubtractMean(Marshal.ReadIntPtr(cepstra.DangerousGetHandle()), frames);
        return cepstra;
    }

    private void SubtractMean(nint rows, int frames)
    {
        var values = new float[frames * _cepstrum];
        Marshal.Copy(rows, values, 0, values.Length);
        var mean = new double[_cepstrum];
        var heard = 0;
        for (var row = 0; row < values.Length; row += _cepstrum)
        {
            // The first value is the frame's energy. One without any, as codecs leave them in pauses, says nothing about the voice.
            if (values[row] < 0)
                continue;
            heard++;
            for (var i = 0; i < _cepstrum; i++)
                mean[i] += values[row + i];
        }

        for (var at = 0; heard > 0 && at < values.Length; at++)
            values[at] -= (float)(mean[at % _cepstrum] / heard);
        Marshal.Copy(values, 0, rows, values.Length);
    }

    private List<TranscribedWord> ReadWords()
    {
        List<TranscribedWord> words = [];
        var logMath = Lib.LogMath(_decoder);
        var word = Lib.FirstWord(_decoder);
        try
        {
            for (; word != 0; word = Lib.NextWord(word))
            {
                if (SpokenWord.Of(Marshal.PtrToStringUTF8(Lib.TextOf(word))) is not { } text)
                    continue;

                Lib.FramesOf(word, out var first, out var last);
                // How likely it is among all that the sound could have been.
                var confidence = Math.Clamp(Lib.Exp(logMath, Lib.ProbabilityOf(word, out _, out _, out _)), 0, 1);
                words.Add(new TranscribedWord(
                    text, (double)first / FramesPerSecond, (double)(last + 1) / FramesPerSecond, Math.Round(confidence, 3)));
            }
        }
        finally
        {
            if (word != 0)
                Lib.FreeWord(word);
        }

        return words;
    }

    private static void Check(int result)
    {
        if (result < 0)
            throw new PocketSphinxException("PocketSphinx failed within an utterance.");
    }
}
