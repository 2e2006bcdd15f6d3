using AriDialer.Ari;
using AriDialer.Ari.Events;

namespace HelloStasis;

/// <summary>Answers each call, says hello, and hangs up.</summary>
public static class App
{
    public static async Task RunAsync(AriOptions options, CancellationToken cancellationToken)
    {
        using var ari = new AriClient(options);
        await foreach (var message in new AriEventSocket(ari).ReadAllAsync(cancellationToken))
        {
            try
            {
                if (message is AriMessage.Event(StasisStart { Channel: var caller }))
                {
                    await ari.Channels.AnswerAsync(caller.Id, cancellationToken);
                    await ari.Channels.PlayWithIdAsync(caller.Id, $"hello-{caller.Id}", ["sound:hello-world"], cancellationToken: cancellationToken);
                }
                else if (message is AriMessage.Event(PlaybackFinished finished))
                {
                    await ari.Channels.HangupAsync(finished.Keys.Channels[0], reasonCode: "16", cancellationToken: cancellationToken);
                }
            }
            catch (AriException outcome) when (outcome.Kind is not AriErrorKind.Fault)
            {
                Console.WriteLine($"The caller was faster: {outcome.Message}");
            }
        }
    }
}
