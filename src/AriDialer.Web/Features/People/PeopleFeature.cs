namespace AriDialer.Web.Features.People;

internal static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddScoped<PeopleDesk>();
        services.AddScoped<PersonDevices>();
        return services;
    }
}
