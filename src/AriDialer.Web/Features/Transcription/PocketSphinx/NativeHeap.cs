using System.Runtime.InteropServices;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>The C library's memory. What is freed it keeps for later: of a decoder's 100 MB, about half.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives back to the system what isn't in use.</summary>
    public static void GiveBack()
    {
        try
        {
            if (OperatingSystem.IsLinux())
                _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc, which needs no asking.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
