from impact.models.jobs_plan import Area, AreaResult, JobsPlan, Project

__all__ = ["Area", "AreaResult", "JobsPlan", "Project"]
