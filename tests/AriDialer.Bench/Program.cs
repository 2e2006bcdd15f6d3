using System.Globalization;
using AriDialer.Bench;

// bench [calls per second] [seconds]: SIPp calls through a real Asterisk and the call engine to SIPp, without media.
// bench taps [calls] [seconds]: recorded calls at once, with sound on both legs and an audio tap on each.
// bench words: how many words of real speech are understood, read from files and as they are spoken.
return args switch
{
    ["words"] => await WordLoad.RunAsync(),
    [Voices.Argument, var count] => await Voices.RunAsync(int.Parse(count, CultureInfo.InvariantCulture)),
    ["taps", .. var rest] => await Numbers(rest, 20, 30, TapLoad.RunAsync, "bench taps takes 1 to 100 calls at once for 1 to 600 seconds.", most: 100),
    _ => await Numbers(args, 50, 20, CallLoad.RunAsync, "bench takes 1 to 500 calls a second for 1 to 600 seconds.", most: 500),
};

static Task<int> Numbers(string[] args, int usual, int usualSeconds, Func<int, int, Task<int>> run, string otherwise, int most)
{
    var calls = Number(args, 0, usual);
    var seconds = Number(args, 1, usualSeconds);
    if (calls < 1 || calls > most || seconds is < 1 or > 600)
    {
        Console.Error.WriteLine(otherwise);
        return Task.FromResult(2);
    }

    return run(calls, seconds);
}

// What is no number is out of every range.
static int Number(string[] args, int place, int usual) =>
    args.Length <= place ? usual : int.TryParse(args[place], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
