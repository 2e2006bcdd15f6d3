using AriDialer.Ari;
using AriDialer.Ari.Events;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls.Stasis;

/// <summary>
/// Turns an effect into a request to Asterisk. Every id in it was chosen before, so that a repetition is harmless: what got no answer,
/// because the connection broke or hangs, is asked for again until it gets one.
/// </summary>
internal sealed partial class EffectRunner(
    AriClient ari, IOptions<AriOptions> options, AriEventSocket socket, WorkUnderWay work, TimeProvider time, ILogger<EffectRunner> log)
{
    // Longer than most interruptions. The call is told then; where it still wants anything, it asks again.
    private static readonly TimeSpan AskedAgainFor = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Unanswered _unanswered = new(ari, time);

    private const string Mixing = "mixing";

    // Milliseconds; what telephone menus are sure to hear.
    private const int DigitLasts = 160;
    private const int BetweenDigits = 70;

    // Seconds after which a message is taken to be over.
    private const int LongestSilence = 10;

    /// <param name="effect">What is to be done.</param>
    /// <param name="isWanted">Whether it is worth asking for again.</param>
    /// <returns>Null where it was done, else how it failed. Never throws.</returns>
    internal async Task<EffectFailure?> RunAsync(CallEffect effect, Func<bool> isWanted)
    {
        using var piece = work.Begin();
        var since = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                while (effect is CallEffect.CreateLeg or CallEffect.Snoop && !socket.IsOpen && isWanted() && time.GetElapsedTime(since) < AskedAgainFor)
                {
                    await Task.Delay(FirstPause, time);
                }

                await RequestAsync(effect);
                return null;
            }
            catch (AriException e) when (e.Status is null && MayRepeat(effect) && isWanted() && time.GetElapsedTime(since) < AskedAgainFor)
            {
                if (pause == FirstPause)
                {
                    LogAgain(effect.GetType().Name, e.Message);
                }

                await Task.Delay(pause, time);
                if (effect is CallEffect.DialLeg dial && await _unanswered.WasDialledAsync(dial.ChannelId, () => isWanted() && time.GetElapsedTime(since) < AskedAgainFor) is var known
                    && known != false)
                {
                    return known is null ? FailureOf(effect, e) : null;
                }
            }
            catch (AriException e)
            {
                return pause > FirstPause && e.Status is not null && await _unanswered.WasDoneBeforeAsync(effect) ? null : FailureOf(effect, e);
            }
            catch (Exception e)
            {
                LogFault(e, effect.GetType().Name);
                return EffectFailure.Fault;
            }
        }
    }

    // Twice the digits would be other digits.
    private static bool MayRepeat(CallEffect effect) => effect is not CallEffect.SendDigits;

    private EffectFailure FailureOf(CallEffect effect, AriException e)
    {
        var failure = e.Kind switch
        {
            AriErrorKind.Gone => EffectFailure.Gone,
            AriErrorKind.Conflict or AriErrorKind.NotInStasis => EffectFailure.Conflict,
            _ => EffectFailure.Fault,
        };
        if (effect is CallEffect.CreateLeg create && e.Status is not null)
        {
            // Everyday: a phone whose page was closed. The call knows what to make of it.
            LogNoChannel(create.Target.Address, e.AsteriskMessage);
        }
        else if (failure == EffectFailure.Fault)
        {
            LogFault(e, effect.GetType().Name);
        }

        return failure;
    }

    private Task RequestAsync(CallEffect effect) => effect switch
    {
        CallEffect.NameCaller name => ari.Channels.SetChannelVarsAsync(name.ChannelId, CallVariables.ForCaller(name.CallId)),
        CallEffect.WriteMark write => ari.Bridges.SetBridgeVarsAsync(write.BridgeId, CallVariables.For(write.Mark)),
        CallEffect.CreateLeg create => ari.Channels.CreateAsync(
            create.Target.Address,
            options.Value.App,
            channelId: create.ChannelId,
            originator: create.OriginatorId,
            variables: CallVariables.For(create)),


        // Without `caller`: naming the caller's channel here would show its caller id instead of the one that routing chose.
        CallEffect.DialLeg dial => ari.Channels.DialAsync(dial.ChannelId, timeout: (int)Math.Ceiling(dial.RingFor.TotalSeconds)),
        CallEffect.CreateBridge create => ari.Bridges.CreateWithIdAsync(
            create.BridgeId, type: Mixing, name: create.BridgeId, variables: create.Mark is null ? null : CallVariables.For(create.Mark)),
        CallEffect.AddToBridge add => ari.Bridges.AddChannelAsync(add.BridgeId, [add.ChannelId]),
        CallEffect.RemoveFromBridge remove => ari.Bridges.RemoveChannelAsync(remove.BridgeId, [remove.ChannelId]),
        CallEffect.SetMusic { On: true } music => ari.Bridges.StartMohAsync(music.BridgeId),
        CallEffect.SetMusic music => ari.Bridges.StopMohAsync(music.BridgeId),
        CallEffect.SetRingingTone { On: true } tone => ari.Channels.RingAsync(tone.ChannelId),
        CallEffect.SetRingingTone tone => ari.Channels.RingStopAsync(tone.ChannelId),
        CallEffect.SetMute { On: true } mute => ari.Channels.MuteAsync(mute.ChannelId, direction: "in"),
        CallEffect.SetMute mute => ari.Channels.UnmuteAsync(mute.ChannelId, direction: "in"),
        CallEffect.SendDigits send => ari.Channels.SendDTMFAsync(
            send.ChannelId, dtmf: send.Digits, between: BetweenDigits, duration: DigitLasts),
        CallEffect.Play play => ari.Channels.PlayWithIdAsync(play.ChannelId, play.PlaybackId, [.. play.Media]),
        CallEffect.RecordMessage record => ari.Channels.RecordAsync(
            record.ChannelId, record.Name, format: "wav", maxDurationSeconds: (int)record.Longest.TotalSeconds, maxSilenceSeconds: LongestSilence,
            ifExists: "append", beep: true, terminateOn: "#"),
        CallEffect.Announce announce => ari.Bridges.PlayWithIdAsync(announce.BridgeId, announce.PlaybackId, [.. announce.Media]),
        CallEffect.Snoop snoop => ari.Channels.SnoopChannelWithIdAsync(snoop.ChannelId, snoop.SnoopId, options.Value.App, spy: "in"),
        CallEffect.RecordTrack record => ari.Channels.RecordAsync(record.SnoopId, record.SnoopId, format: "wav16", ifExists: "fail"),
        CallEffect.ReportTransfer report => ari.Channels.TransferProgressAsync(report.ChannelId, report.State),
        CallEffect.IndicateRinging ring => ari.Channels.RingAsync(ring.ChannelId),
        CallEffect.IndicateProgress progress => ari.Channels.ProgressAsync(progress.ChannelId),
        CallEffect.Answer answer => ari.Channels.AnswerAsync(answer.ChannelId),
        CallEffect.HangUp hangUp => ari.Channels.HangupAsync(hangUp.ChannelId, reasonCode: hangUp.Cause.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        CallEffect.ContinueInDialplan back => ContinueAsync(back),
        CallEffect.DestroyBridge destroy => ari.Bridges.DestroyAsync(destroy.BridgeId),
        _ => Task.CompletedTask,
    };

    private async Task ContinueAsync(CallEffect.ContinueInDialplan back)
    {
        await ari.Channels.SetChannelVarsAsync(back.ChannelId, CallVariables.ForReturn(back.Variables));
        await ari.Channels.ContinueInDialplanAsync(
            back.ChannelId, context: back.Place?.Context, extension: back.Place?.Extension, priority: back.Place?.Priority);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No channel to {Address}: {Reason}")]
    private partial void LogNoChannel(string address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Effect} got no answer; asking again: {Reason}")]
    private partial void LogAgain(string effect, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Effect} failed")]
    private partial void LogFault(Exception e, string effect);
}
