using AriDialer.Calls.Routing;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls;

// What a call asks and goes on without waiting for: whom to ring, and what Asterisk has of it. The answers come as inputs.
internal sealed partial class CallActor
{
    // However often something gives rise to doubt: the answer to one question serves all that were raised before it.
    private const int MostSurveys = 2;

    private int _surveys;
    private TimeSpan? _surveyAgain;

    private async Task AskRouteAsync(CallEffect.AskRoute ask, long arrivedAt)
    {
        try
        {
            using var work = _services.Work.Begin();

            // Off the mailbox's thread: routing is somebody else's code and may work before it first waits.
            await Task.Yield();
            Tell(new CallInput.RouteDecided(ask.Attempt, await RouteAsync(ask.Request)), arrivedAt);
        }
        catch (Exception e)
        {
            if (!_over.IsCancellationRequested)
            {
                LogRouteFailed(e);
            }

            Tell(new CallInput.RouteFailed(ask.Attempt));
        }
    }

    private async Task<RouteDecision> RouteAsync(RouteRequest request)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        late.CancelAfter(_services.Options.DecideWithin);
        return await _services.Routing(request, late.Token).AsTask().WaitAsync(late.Token);
    }

    private void Survey(TimeSpan after)
    {
        _surveys++;
        _ = SurveyAsync(after);
    }

    private void OnSurveyed()
    {
        _surveys--;
        if (_surveyAgain is { } after)
        {
            _surveyAgain = null;
            Survey(after);
        }
    }

    private async Task SurveyAsync(TimeSpan after)
    {
        try
        {
            await Task.Delay(after, _services.Time, _over.Token);
            var taken = Taken;
            if (await _services.Surveyor.SeeAsync([.. _snapshot.Legs.Where(leg => leg.State != LegState.Gone).Select(leg => leg.ChannelId)], _over.Token) is { } seen)
            {
                _mailbox.Writer.TryWrite(new Letter(new CallInput.Surveyed(seen, taken), ArrivedAt: 0, Done: null, Kept: null) { EndsSurvey = true });
                return;
            }

            // Asterisk did not answer. What it has is asked again later, or by the reconciler once it is back.
            _ = SurveyAsync(after < TimeSpan.FromSeconds(30) ? after * 2 : after);
        }
        catch (OperationCanceledException)
        {
            // The call is over.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Routing failed; the caller is told that the call failed")]
    private partial void LogRouteFailed(Exception e);
}
