using System.Runtime.InteropServices;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>The functions of PocketSphinx 0.8 (5prealpha) that we use: its recogniser, and sphinxbase below it.</summary>
internal static partial class PocketSphinxLibrary
{
    public const string Recogniser = "libpocketsphinx.so.3";
    public const string Base = "libsphinxbase.so.3";

    // It would write pages onto standard error for each model and utterance; what goes wrong, return values say.
    static PocketSphinxLibrary() => SetLogFile(0);

    [LibraryImport(Base, EntryPoint = "err_set_logfp")]
    private static partial void SetLogFile(nint file);

    [LibraryImport(Recogniser, EntryPoint = "ps_args")]
    public static partial nint ArgumentDefinitions();

    // In C its last parameters are a list of names and values, which the zero ends.
    [LibraryImport(Base, EntryPoint = "cmd_ln_init")]
    public static partial SphinxSettings NewSettings(nint previous, nint definitions, int isStrict, nint end);

    /// <summary>Adds the settings that stand in a file. It gives those that it was given, or zero.</summary>
    [LibraryImport(Base, EntryPoint = "cmd_ln_parse_file_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint AddSettings(SphinxSettings settings, nint definitions, string path, int isStrict);

    [LibraryImport(Base, EntryPoint = "cmd_ln_set_str_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Set(SphinxSettings settings, string name, string value);

    [LibraryImport(Base, EntryPoint = "cmd_ln_set_int_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Set(SphinxSettings settings, string name, CLong value);

    [LibraryImport(Base, EntryPoint = "cmd_ln_free_r")]
    public static partial int FreeSettings(nint settings);

    [LibraryImport(Base, EntryPoint = "fe_init_auto_r")]
    public static partial SphinxFrontEnd NewFrontEnd(SphinxSettings settings);

    [LibraryImport(Base, EntryPoint = "fe_get_output_size")]
    public static partial int OutputSize(SphinxFrontEnd frontEnd);

    /// <summary>Forgets what noise it has heard so far.</summary>
    [LibraryImport(Base, EntryPoint = "fe_start_stream")]
    public static partial void StartStream(SphinxFrontEnd frontEnd);

    [LibraryImport(Base, EntryPoint = "fe_start_utt")]
    public static partial int StartUtterance(SphinxFrontEnd frontEnd);

    [LibraryImport(Base, EntryPoint = "fe_process_utt")]
    public static partial int ProcessUtterance(SphinxFrontEnd frontEnd, [In] short[] samples, nuint count, out SphinxCepstra cepstra, out int frames);

    [LibraryImport(Base, EntryPoint = "fe_free_2d")]
    public static partial void FreeCepstra(nint cepstra);

    [LibraryImport(Base, EntryPoint = "fe_free")]
    public static partial int FreeFrontEnd(nint frontEnd);

    [LibraryImport(Recogniser, EntryPoint = "ps_init")]
    public static partial SphinxDecoder NewDecoder(SphinxSettings settings);

    [LibraryImport(Recogniser, EntryPoint = "ps_start_utt")]
    public static partial int StartUtterance(SphinxDecoder decoder);

    [LibraryImport(Recogniser, EntryPoint = "ps_process_cep")]
    public static partial int ProcessCepstra(SphinxDecoder decoder, [In] nint[] rows, int count, int withoutSearch, int isWholeUtterance);

    [LibraryImport(Recogniser, EntryPoint = "ps_end_utt")]
    public static partial int EndUtterance(SphinxDecoder decoder);

    [LibraryImport(Recogniser, EntryPoint = "ps_free")]
    public static partial int FreeDecoder(nint decoder);

    /// <summary>The decoder's own: not to be freed.</summary>
    [LibraryImport(Recogniser, EntryPoint = "ps_get_logmath")]
    public static partial nint LogMath(SphinxDecoder decoder);

    [LibraryImport(Base, EntryPoint = "logmath_exp")]
    public static partial double Exp(nint logMath, int value);

    /// <summary>The first word, or zero where there is none.</summary>
    [LibraryImport(Recogniser, EntryPoint = "ps_seg_iter")]
    public static partial nint FirstWord(SphinxDecoder decoder);

    /// <summary>The next word, or zero behind the last: then there is nothing left to free.</summary>
    [LibraryImport(Recogniser, EntryPoint = "ps_seg_next")]
    public static partial nint NextWord(nint word);

    [LibraryImport(Recogniser, EntryPoint = "ps_seg_word")]
    public static partial nint TextOf(nint word);

    [LibraryImport(Recogniser, EntryPoint = "ps_seg_frames")]
    public static partial void FramesOf(nint word, out int first, out int last);

    [LibraryImport(Recogniser, EntryPoint = "ps_seg_prob")]
    public static partial int ProbabilityOf(nint word, out int acoustic, out int language, out int backOff);

    [LibraryImport(Recogniser, EntryPoint = "ps_seg_free")]
    public static partial void FreeWord(nint word);
}
