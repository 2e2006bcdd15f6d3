using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>Whether PocketSphinx and its model are on this machine. It is asked once.</summary>
internal sealed partial class PocketSphinxInstallation
{
    private readonly Lazy<string?> _missing;

    public PocketSphinxInstallation(IOptions<TranscriptionEngineOptions> options, ILogger<PocketSphinxInstallation> log)
        : this(options, PocketSphinxLibrary.Recogniser, log)
    {
    }

    /// <summary>With a library of another name.</summary>
    internal PocketSphinxInstallation(IOptions<TranscriptionEngineOptions> options, string library, ILogger<PocketSphinxInstallation> log)
    {
        Model = new PocketSphinxModel(options.Value.PocketSphinx.ModelFolder);
        _missing = new Lazy<string?>(() =>
        {
            var missing = FindMissing(library, Model);
            if (missing is not null)
                LogMissing(log, missing);
            return missing;
        });
    }

    public PocketSphinxModel Model { get; }

    public bool IsThere => Missing is null;

    /// <summary>What is missing and what to do about it, in a sentence or two; null where all is there.</summary>
    public string? Missing => _missing.Value;

    private static string? FindMissing(string library, PocketSphinxModel model)
    {
        if (!IsLibrary(library) || !IsLibrary(PocketSphinxLibrary.Base))
            return "Calls are not transcribed: the speech engine PocketSphinx is not installed. Debian's package libpocketsphinx3 has it.";

        return model.FindMissing() is { } file
            ? $"Calls are not transcribed: PocketSphinx has no model, for there is no {file}. Debian's package pocketsphinx-en-us has one."
            : null;
    }

    private static bool IsLibrary(string name)
    {
        if (!NativeLibrary.TryLoad(name, out var handle))
            return false;

        NativeLibrary.Free(handle);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Missing}")]
    private static partial void LogMissing(ILogger log, string missing);
}
