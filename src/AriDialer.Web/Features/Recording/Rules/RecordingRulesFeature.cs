namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>Registers the rules of what is recorded.</summary>
internal static class RecordingRulesFeature
{
    public static IServiceCollection AddRecordingRules(this IServiceCollection services)
    {
        services.AddOptions<AnnouncementOptions>()
            .Configure<IConfiguration>((options, configuration) => options.Read(configuration)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<NumberBeginnings>();
        services.AddSingleton<RuleText>();
        services.AddSingleton<RecordingRules>();
        services.AddSingleton<RuleDesk>();
        return services;
    }
}
