using AriDialer.Calls.Routing;
using AriDialer.Calls.Stasis;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls;

/// <summary>What every call's actor needs from the world.</summary>
internal sealed record CallServices(
    EffectRunner Effects,
    Surveyor Surveyor,
    CallRouting Routing,
    CallFeed Feed,
    WorkUnderWay Work,
    TimeProvider Time,
    CallsOptions Options,
    ILogger Log);
