using Microsoft.Extensions.Options;
using Quartz;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>Registers how recordings are let go.</summary>
internal static class RetentionFeature
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration("Recording").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DueRecordings>();
        services.AddSingleton<RetentionSweep>();
        services.AddSingleton<RetentionViews>();
        services.AddQuartz(quartz => quartz
            // At a shutdown the sweep ends after the recording at which it is.
            .ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always)
            .ScheduleJob<RetentionJob>((provider, trigger) => trigger.WithCronSchedule(
                provider.GetRequiredService<IOptions<RetentionOptions>>().Value.ToSchedule(provider.GetRequiredService<TimeProvider>()))));
        services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
        return services;
    }
}
