using AriDialer.Ari;
using AriDialer.Ari.Events;
using AriDialer.Calls.Demo;
using AriDialer.Calls.Media;
using AriDialer.Calls.Provisioning;
using AriDialer.Calls.Routing;
using AriDialer.Calls.Stasis;
using AriDialer.Calls.Voicemail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls;

/// <summary>Registers calls with a container.</summary>
public static class CallsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="CallFeed"/>, <see cref="CallDirectory"/>, <see cref="AsteriskLink"/>, <see cref="Admission"/>, <see cref="Provisioner"/>,
    /// <see cref="StoredRecordings"/>, <see cref="AudioTaps"/>,
    /// <see cref="PhoneConnections"/> and <see cref="DemoCaller"/>. Needs <see cref="AriClient"/> (<c>AddAri</c>) and a <see cref="CallRouting"/>.
    /// </summary>
    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CallFeed>();
        services.AddSingleton<WorkUnderWay>();
        services.AddSingleton<EffectRunner>();
        services.AddSingleton<Surveyor>();
        services.AddSingleton(provider => new CallServices(
            provider.GetRequiredService<EffectRunner>(),
            provider.GetRequiredService<Surveyor>(),
            provider.GetRequiredService<CallRouting>(),
            provider.GetRequiredService<CallFeed>(),
            provider.GetRequiredService<WorkUnderWay>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<CallsOptions>>().Value,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("AriDialer.Calls.Call")));
        services.AddSingleton(provider => new CallDirectory(provider.GetRequiredService<CallServices>()));
        services.AddSingleton(provider => new AudioTaps(
            provider.GetRequiredService<AriClient>(),
            provider.GetRequiredService<IOptions<AriOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AudioTaps>>()));
        services.AddSingleton(provider => new Admission(
            provider.GetRequiredService<AriClient>(),
            provider.GetRequiredService<CallDirectory>(),
            provider.GetRequiredService<WorkUnderWay>(),
            provider.GetRequiredService<IOptions<CallsOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Admission>>()));
        services.AddSingleton<Reconciler>();
        services.AddSingleton<PhoneConnections>();
        services.AddSingleton(provider => new AsteriskLink(
            provider.GetRequiredService<AriClient>(),
            provider.GetRequiredService<AriEventSocket>(),
            provider.GetRequiredService<CallDirectory>(),
            provider.GetRequiredService<Admission>(),
            provider.GetRequiredService<Reconciler>(),
            provider.GetRequiredService<AudioTaps>(),
            provider.GetRequiredService<IOptions<AriOptions>>(),
            provider.GetRequiredService<IOptions<CallsOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AsteriskLink>>()));
        services.AddHostedService(provider => provider.GetRequiredService<AsteriskLink>());
        services.AddHostedService<PhoneWatch>();
        services.AddHostedService<StuckCallWatch>();
        services.AddSingleton(provider => new Provisioner(provider.GetRequiredService<AriClient>()));
        services.AddSingleton(provider => new StoredRecordings(provider.GetRequiredService<AriClient>()));
        services.AddSingleton(provider => new DemoCaller(provider.GetRequiredService<AriClient>()));
        return services;
    }
}
