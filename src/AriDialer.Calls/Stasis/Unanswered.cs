using AriDialer.Ari;

namespace AriDialer.Calls.Stasis;

/// <summary>Finds out what became of a request of which no answer came.</summary>
internal sealed class Unanswered(AriClient ari, TimeProvider time)
{
    private static readonly TimeSpan BetweenDenials = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(1);

    /// <summary>True where a repetition was refused because the first request had been carried out.</summary>
    internal async Task<bool> WasDoneBeforeAsync(CallEffect effect)
    {
        try
        {
            switch (effect)
            {
                case CallEffect.CreateLeg create:
                    await ari.Channels.GetAsync(create.ChannelId);
                    return true;
                case CallEffect.Snoop snoop:
                    await ari.Channels.GetAsync(snoop.SnoopId);
                    return true;
                case CallEffect.RecordTrack record:
                    await ari.Recordings.GetLiveAsync(record.SnoopId);
                    return true;
                case CallEffect.Play play:
                    await ari.Playbacks.GetAsync(play.PlaybackId);
                    return true;
                case CallEffect.Announce announce:
                    await ari.Playbacks.GetAsync(announce.PlaybackId);
                    return true;
                default:
                    return false;
            }
        }
        catch (AriException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether a leg was dialled; null where Asterisk does not say. Dialled twice, a leg is lost: so it must say no, and a while later still
    /// say so. Having stood still, it may do what it was asked before in the moment in which it answers.
    /// </summary>
    /// <param name="channelId">The leg.</param>
    /// <param name="isWanted">Whether it is worth asking for again where no answer comes.</param>
    internal async Task<bool?> WasDialledAsync(string channelId, Func<bool> isWanted)
    {
        for (var denials = 0; ;)
        {
            var pause = BetweenDenials;
            try
            {
                if (await ari.WasDialledAsync(channelId, CancellationToken.None))
                {
                    return true;
                }

                if (++denials == 2)
                {
                    return false;
                }
            }
            catch (AriException)
            {
                if (!isWanted())
                {
                    return null;
                }

                pause = BetweenQuestions;
            }

            await Task.Delay(pause, time);
        }
    }
}
