using System.Diagnostics;

namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>Another program, run without a shell: fed with a stream, and never left running.</summary>
internal static class ChildProgram
{
    private const int LongestText = 4_000;

    /// <summary>How it ended, and the begin of what it said.</summary>
    internal readonly record struct Outcome(int ExitCode, string Output, string Errors);

    /// <summary>Runs it until it ends by itself.</summary>
    /// <exception cref="TimeoutException">It took longer than the limit, and was ended.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It is not there.</exception>
    public static async Task<Outcome> RunAsync(
        string program, string[] arguments, Func<Stream, CancellationToken, Task> feed, TimeSpan limit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var process = Start(program, arguments);
        try
        {
            // A write to a program that does not read cannot be cancelled: it ends when the program does.
            await using var ending = either.Token.Register(() => Kill(process));
            var output = ReadAsync(process.StandardOutput);
            var errors = ReadAsync(process.StandardError);
            await FeedAsync(process, feed, either.Token);
            await process.WaitForExitAsync(either.Token);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{program} took longer than {limit}.");
        }
        finally
        {
            Kill(process);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            // Calls that go on come first.
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }

        return process;
    }

    private static async Task FeedAsync(Process process, Func<Stream, CancellationToken, Task> feed, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await feed(input, cancellationToken);
        }
        catch (IOException)
        {
            // It has stopped reading: how it ends says why.
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // All is read, so that it never waits for us; the begin is kept.
    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var text = new char[LongestText];
        var length = await reader.ReadBlockAsync(text);
        var rest = new char[LongestText];
        while (await reader.ReadAsync(rest) > 0)
        {
        }

        return new string(text, 0, length).Trim();
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }
}
