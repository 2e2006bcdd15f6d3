using System.Runtime.InteropServices;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>Runs what computes for long on a thread of its own, behind all that somebody waits for.</summary>
internal static partial class WorkThread
{
    private const int CallingThread = 0;
    private const int BehindAll = 10;

    public static Task<T> RunAsync<T>(string name, Func<T> work, int nice = BehindAll)
    {
        // Nothing that waits for it may go on here, at this priority.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            StandBack(nice);
            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = name };
        thread.Start();
        return done.Task;
    }

    // .NET knows no priorities on Linux, and Linux takes a nice value as the thread's own. Where it is refused, it is not worth a word.
    private static void StandBack(int nice)
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(0, CallingThread, nice);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int value);
}
