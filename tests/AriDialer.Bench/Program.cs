using System.Globalization;
using AriDialer.Bench;

if (args is ["words", ..])
    return await WordLoad.RunAsync();

// bench words: how many words are understood. bench [calls per second] [seconds]: SIPp calls through a real Asterisk and the call engine to SIPp, without media.
var rate = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50;
var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
if (rate is < 1 or > 500 || seconds is < 1 or > 600)
{
    Console.Error.WriteLine("bench takes 1 to 500 calls a second for 1 to 600 seconds.");
    return 2;
}

return await CallLoad.RunAsync(rate, seconds);
