using System.Diagnostics;
using System.Runtime.ExceptionServices;

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
        var output = "";
        var outcome = await RunAsync(program, arguments, feed, ReadOutputAsync, limit, time, cancellationToken);
        return outcome with { Output = output };

        async Task ReadOutputAsync(Stream stream, CancellationToken _) => output = await ReadAsync(new StreamReader(stream));
    }

    /// <summary>The same, with what it gives taken as it comes: the outcome has none of it. It is ended where that cannot be taken.</summary>
    public static async Task<Outcome> RunAsync(
        string program, string[] arguments, Func<Stream, CancellationToken, Task> feed, Func<Stream, CancellationToken, Task> take,
        TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var process = Start(program, arguments);
        ExceptionDispatchInfo? failure = null;
        try
        {
            // A write to a program that does not read cannot be cancelled: it ends when the program does.
            await using var ending = either.Token.Register(() => Kill(process));
            var errors = ReadAsync(process.StandardError);
            await Task.WhenAll(OrEndAsync(FeedAsync(process, feed, either.Token)), OrEndAsync(take(process.StandardOutput.BaseStream, either.Token)));
            failure?.Throw();
            await process.WaitForExitAsync(either.Token);
            return new Outcome(process.ExitCode, "", await errors);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{program} took longer than {limit}.");
        }
        finally
        {
            Kill(process);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        // Where feeding or taking fails, the other would wait for ever. What failed first is why.
        async Task OrEndAsync(Task work)
        {
            try
            {
                await work;
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                await either.CancelAsync();
            }
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
