using Microsoft.Win32.SafeHandles;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>Named settings, from which decoders and front ends are made.</summary>
internal sealed class SphinxSettings() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        // Whatever was made of them still holds them.
        PocketSphinxLibrary.FreeSettings(handle);
        return true;
    }
}

/// <summary>Searches words; it has the model.</summary>
internal sealed class SphinxDecoder() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => PocketSphinxLibrary.FreeDecoder(handle) == 0;
}

/// <summary>Makes cepstra of sound.</summary>
internal sealed class SphinxFrontEnd() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => PocketSphinxLibrary.FreeFrontEnd(handle) == 0;
}

/// <summary>An utterance's cepstra: a pointer to each frame's row; the rows stand one behind the other.</summary>
internal sealed class SphinxCepstra() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        PocketSphinxLibrary.FreeCepstra(handle);
        return true;
    }
}
