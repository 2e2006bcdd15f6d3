using AriDialer.Ari.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Ari;

/// <summary>Registers the client.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="AriClient"/> and one <see cref="AriEventSocket"/>. The options are checked when the host starts: what is
    /// missing is said in a sentence that names the setting.
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="configure">Sets where Asterisk is and who we are there.</param>
    public static IServiceCollection AddAri(this IServiceCollection services, Action<AriOptions> configure)
    {
        services.AddOptions<AriOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new AriClient(provider.GetRequiredService<IOptions<AriOptions>>().Value));
        services.TryAddSingleton(provider => new AriEventSocket(
            provider.GetRequiredService<AriClient>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<AriEventSocket>>()));
        return services;
    }
}
